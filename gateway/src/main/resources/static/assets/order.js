import { asCustomer, get, intention, post } from './api.js';
import { left, now } from './clock.js';
import { $, announce, element, idInPath } from './page.js';
import { follow } from './stream.js';
import { ORDER, PAYMENT, REASON, money, say, time } from './text.js';

const id = idInPath();
const path = `/api/v1/orders/${id}`;
const FINAL = ['PAID', 'REFUSED', 'CANCELLED'];
const STEPS = [['PLACED', 'Received'], ['RESERVED', 'Set aside'], ['PAID', 'Paid']];
let order = null;
let stream = null;
// made when the form opens; a new one only after the bank has said no
let attempt = 0;
const payment = () => intention(`pay:${id}:${order.payment?.id ?? attempt}`);

function steps() {
  const failed = ['REFUSED', 'CANCELLED'].includes(order.state);
  const reached = STEPS.findIndex(([state]) => state === order.state);
  const shown = failed ? [...STEPS.slice(0, order.state === 'REFUSED' ? 1 : 2), [order.state, order.state === 'REFUSED' ? 'Refused' : 'Cancelled']] : STEPS;
  $('steps').replaceChildren(...shown.map(([state, text], index) => {
    const isLast = index === shown.length - 1;
    const is = failed ? (isLast ? 'failed' : 'done') : index < reached || order.state === 'PAID' ? 'done' : index === reached ? 'now' : 'todo';
    return element('li', { dataset: { state: is }, ...(is === 'now' && { ariaCurrent: 'step' }) }, text);
  }));
}

function show(fresh) {
  const before = order;
  order = fresh;
  $('summary').textContent = `${order.quantity} × for ${money(order.total)}, ordered ${time(order.placedAt)}`;
  steps();
  $('explanation').textContent = [ORDER[order.state], REASON[order.reason]].filter(Boolean).join(' ');
  const open = order.payment && ['REQUESTED', 'UNKNOWN'].includes(order.payment.state);
  $('checkout').hidden = order.state !== 'RESERVED';
  for (const button of $('checkout').querySelectorAll('button')) button.disabled = Boolean(open);
  const said = order.state === 'RESERVED' && order.payment ? PAYMENT[order.payment.state] : before?.state === order.state ? '' : ORDER[order.state];
  announce(said ?? '', order.payment?.state === 'DECLINED' && order.state === 'RESERVED');
  if (FINAL.includes(order.state)) {
    stream?.stop();
    intention(`order:${order.saleId}`).done();
  }
}

async function pay(method) {
  const { key, done } = payment();
  for (const button of $('checkout').querySelectorAll('button')) button.disabled = true;
  announce(PAYMENT.REQUESTED);
  try {
    show(await asCustomer(() => post(`${path}/payments`, { paymentMethod: method }, key)));
    done();
  } catch (failure) {
    announce(say(failure), true);
    if (failure.status >= 400 && failure.status < 500) { attempt++; done(); }
    show(await get(path));
  }
}

async function cancel() {
  try {
    show(await asCustomer(() => post(`${path}/cancellation`)));
  } catch (failure) {
    announce(say(failure), true);
  }
}

for (const button of $('checkout').querySelectorAll('[data-method]')) button.onclick = () => pay(button.dataset.method);
$('cancel').onclick = cancel;
setInterval(() => {
  if (order?.reservedUntil) $('clock').textContent = now() < Date.parse(order.reservedUntil) ? left(Date.parse(order.reservedUntil)) : 'no longer';
}, 500);

try {
  show(await asCustomer(() => get(path)));
  if (!FINAL.includes(order.state)) {
    stream = follow(`${path}/events`, show, { poll: async () => show(await get(path)), everyMs: () => 2000 });
  }
} catch (failure) {
  announce(failure.status === 404 ? 'There is no such order of yours.' : say(failure), true);
}
