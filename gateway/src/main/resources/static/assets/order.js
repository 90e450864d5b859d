// One order: its progress, and paying for it.
import { SignInNeeded, asCustomer, asCustomerOrSignIn, get, isPassing, post, read } from './api.js';
import { left, now } from './clock.js';
import { messages } from './messages.js';
import { $, announce, askToSignIn, clearNotice, connection, element, idInPath, notify, setText } from './page.js';
import { showPicture } from './pictures.js';
import { drop, intention, remember } from './store.js';
import { follow } from './stream.js';
import { count, money, say, time } from './text.js';

const words = messages.order;
const id = idInPath();
const path = `/api/v1/orders/${id}`;
const FINAL = ['PAID', 'REFUSED', 'CANCELLED'];
const STEPS = ['PLACED', 'RESERVED', 'PAID'];
const RANK = { PLACED: 0, RESERVED: 1, PAID: 2, REFUSED: 2, CANCELLED: 2 };
const PAYING = ['REQUESTED', 'UNKNOWN'];
const RETRY_MS = 2000;
const SLOW_MS = 3000;
let order = null;
let stream = null;
let busy = false;
let askedAt = 0;

const paymentKey = () => `pay:${id}:${order.payment?.id ?? 'first'}`;

function steps() {
  const failed = ['REFUSED', 'CANCELLED'].includes(order.state);
  const shown = failed ? [...STEPS.slice(0, order.state === 'REFUSED' ? 1 : 2), order.state] : STEPS;
  const reached = shown.indexOf(order.state);
  $('steps').replaceChildren(...shown.map((state, index) => {
    const is = index < reached || order.state === 'PAID' ? 'done' : index > reached ? 'todo' : failed ? 'failed' : 'now';
    const more = { done: words.stepDone, failed: words.stepFailed }[is];
    return element('li', { dataset: { state: is }, ...(is === 'now' && { ariaCurrent: 'step' }) },
      words.steps[state], ...(more ? [element('span', { className: 'spoken' }, ` (${more})`)] : []));
  }));
}

/** A stream and a poll may overtake each other: an order never goes back. */
const isOlder = fresh => order && RANK[fresh.state] < RANK[order.state];

function show(fresh) {
  if (isOlder(fresh)) return;
  const before = order;
  order = fresh;
  connection('');
  setText($('summary'), words.summary(count(order.quantity), money(order.total), time(order.placedAt)));
  if (before?.state !== order.state) steps();
  if (!before) showProduct();
  setText($('explanation'), [words.state[order.state], words.reason[order.reason]].filter(Boolean).join(' '));
  $('to-sale').href = `/s/${order.saleId}`;
  $('to-sale').hidden = false;
  showCheckout();
  if (before?.state !== order.state) announce($('explanation').textContent);
  remember(`order:${order.saleId}`, { id, state: order.state, quantity: order.quantity });
  if (!FINAL.includes(order.state)) return;
  stream?.stop();
  if (order.state !== 'PAID') drop(`order:${order.saleId}`);
}

/** Decoration: the page works without it. */
const showProduct = () => read(`/api/v1/sales/${order.saleId}`, { cache: 'default', tries: 2 }).then(sale => {
  setText($('product-name'), sale.productName);
  showPicture($('picture'), sale);
  $('product').hidden = false;
}, () => {});

function showCheckout() {
  const open = order.state === 'RESERVED';
  const hadFocus = !open && $('checkout').contains(document.activeElement);
  $('checkout').hidden = !open;
  if (hadFocus) $('title').focus();
  const paying = busy || PAYING.includes(order.payment?.state);
  // the buttons stay focusable: a keyboard is not thrown off the page
  for (const button of $('checkout').querySelectorAll('button')) button.ariaDisabled = String(paying);
  setText($('payment'), busy ? words.payment.REQUESTED : words.payment[order.payment?.state] ?? '');
  $('payment').className = order.payment?.state === 'DECLINED' && !busy ? 'bad' : '';
  tick();
}

/**
 * Runs one action at a time. After any outcome the buttons work again and show the present state.
 */
async function run(action) {
  if (busy || PAYING.includes(order?.payment?.state)) return;
  busy = true;
  clearNotice();
  showCheckout();
  const slow = setTimeout(() => announce(messages.shop.trying), SLOW_MS);
  try {
    show(await asCustomerOrSignIn(action));
  } catch (failure) {
    notify(say(failure));
    look();
  } finally {
    clearTimeout(slow);
    busy = false;
    showCheckout();
  }
}

async function pay(method) {
  const name = paymentKey();
  try {
    const paid = await post(`${path}/payments`, { paymentMethod: method }, intention(name));
    drop(name);
    return paid;
  } catch (failure) {
    // a definite refusal: the next try is a new payment. Without a response the same key asks for
    // the same payment again
    if (failure.status >= 400 && failure.status < 500 && failure.status !== 429) drop(name);
    throw failure;
  }
}

const cancel = () => post(`${path}/cancellation`);

async function poll() {
  askedAt = performance.now();
  show(await asCustomer(() => get(path, { tries: 1 })));
}

const look = () => poll().catch(trouble);

function trouble(failure) {
  if (failure instanceof SignInNeeded) askToSignIn(words.blind);
  else if (failure.status === 404) notify(words.unknown);
  else if (isPassing(failure) || !failure.status) connection(words.reconnecting);
  else notify(say(failure));
}

function tick() {
  if (order?.state !== 'RESERVED' || !order.reservedUntil) return;
  const until = Date.parse(order.reservedUntil);
  setText($('clock'), left(until));
  if (now() < until) return;
  setText($('explanation'), words.timeIsOver);
  if (performance.now() - askedAt > RETRY_MS) look();
}

async function begin() {
  for (;;) {
    try {
      show(await asCustomerOrSignIn(() => get(path)));
      break;
    } catch (failure) {
      if (failure.status === 404 || failure.status === 400) return notify(words.unknown);
      trouble(failure);
      await new Promise(done => setTimeout(done, RETRY_MS));
    }
  }
  followOrder();
}

function followOrder() {
  stream?.stop();
  if (order && !FINAL.includes(order.state)) stream = follow(`${path}/events`, { onData: show, poll, onTrouble: trouble });
}

for (const button of $('checkout').querySelectorAll('[data-method]')) button.onclick = () => run(() => pay(button.dataset.method));
$('cancel').onclick = () => run(cancel);
addEventListener('pagehide', () => stream?.stop());
addEventListener('pageshow', event => { if (event.persisted && order) { busy = false; look(); followOrder(); } });
addEventListener('visibilitychange', () => { if (!document.hidden && order && !FINAL.includes(order.state)) look(); });
addEventListener('online', () => { if (order && !FINAL.includes(order.state)) look(); });
setInterval(tick, 500);
begin();
