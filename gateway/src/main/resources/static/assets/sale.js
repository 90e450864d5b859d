// One sale, from the countdown to the order. The stage shows one state at a time; the server's answers alone move it.
import { Offline, asCustomer, get, intention, post, sleep } from './api.js';
import { left, now } from './clock.js';
import { $, announce, element, idInPath } from './page.js';
import { BAND, SALE, estimate, money, say } from './text.js';

const id = idInPath();
const path = `/api/v1/sales/${id}`;
const LOBBY_MS = 15 * 60_000;
const OPENING_JITTER_MS = 1000;
const UNLIKELY = 1.5;
const PLACE = `place:${id}`;
const ENTRY = `entry:${id}`;

let sale = null;
let queue = null;
let busy = false;
let shown = '';
let clockUntil = null;

const place = {
  get: () => JSON.parse(localStorage.getItem(PLACE) ?? 'null'),
  set: value => localStorage.setItem(PLACE, JSON.stringify(value)),
  forget: () => localStorage.removeItem(PLACE),
};
// the right to buy is of this tab only, and short-lived
const admission = {
  get: () => { const kept = JSON.parse(sessionStorage.getItem(`admission:${id}`) ?? 'null'); return kept && Date.parse(kept.expiresAt) > now() ? kept : null; },
  set: value => sessionStorage.setItem(`admission:${id}`, JSON.stringify(value)),
  forget: () => sessionStorage.removeItem(`admission:${id}`),
};

/** Replaces what the stage shows, once per state, so that focus and reading position stay. */
function stage(name, title, text, ...body) {
  $('stage-text').textContent = text;
  if (shown === name) return;
  shown = name;
  $('stage-title').textContent = title;
  $('stage-body').replaceChildren(...body);
  announce(`${title}. ${text}`);
}

const button = (text, action, primary = true) =>
  element('button', { type: 'button', className: primary ? 'primary' : '', onclick: () => run(action) }, text);

/** One action at a time; a refusal is shown, never swallowed. */
async function run(action) {
  if (busy) return;
  busy = true;
  try {
    await asCustomer(action);
  } catch (failure) {
    announce(say(failure), true);
    if (['TURN_PASSED', 'TICKET_INVALID', 'SALE_ENDED'].includes(failure.code)) place.forget();
    if (failure.code === 'ADMISSION_INVALID') { admission.forget(); intention(`order:${id}`).done(); }
    if (failure.code === 'SOLD_OUT') queue = { ...queue, state: 'SOLD_OUT' };
  } finally {
    busy = false;
    render();
  }
}

async function join() {
  const ticket = place.get()?.ticket;
  remember(await post(`${path}/queue-tickets`, ticket ? { ticket } : undefined));
}

function remember(answer) {
  place.set({ ticket: answer.ticket, number: answer.number, state: answer.state });
  if (answer.admission) admission.set({ admission: answer.admission, expiresAt: answer.expiresAt });
}

async function claim() {
  admission.set(await post(`${path}/admissions`, { ticket: place.get().ticket }));
}

async function order(quantity) {
  const { key } = intention(`order:${id}`);
  const placed = await post('/api/v1/orders', { saleId: id, quantity, admission: admission.get().admission }, key);
  intention(`order:${id}`).done();
  admission.forget();
  place.forget();
  localStorage.removeItem(ENTRY);
  location.assign(`/orders/${placed.id}`);
}

async function joinWaitlist() {
  const ticket = place.get()?.ticket;
  const entry = await post(`${path}/waitlist-entries`, ticket ? { ticket } : undefined);
  localStorage.setItem(ENTRY, entry.id);
}

function buyForm(until) {
  intention(`order:${id}`);
  const quantity = element('select', { id: 'quantity' },
    ...Array.from({ length: Math.min(10, sale.purchaseLimit) }, (_, i) => element('option', { value: i + 1 }, String(i + 1))));
  const timer = element('strong', { className: 'clock', id: 'turn-clock' }, left(until));
  return [
    element('p', {}, 'Time left to order: ', timer),
    element('p', {}, element('label', { htmlFor: 'quantity' }, 'Units'), quantity),
    element('div', { className: 'buttons' }, button('Order now', () => order(Number(quantity.value)))),
  ];
}

function waiting(mine) {
  const ahead = Math.max(0, mine.number - (queue?.servingNumber ?? 0));
  const progress = element('progress', { max: mine.number, value: mine.number - ahead, id: 'progress', ariaLabel: 'Place in the line' });
  stage('waiting', 'You are in line', estimate(ahead, queue?.steadyPerMinute),
    element('p', { className: 'big', id: 'ahead' }, String(ahead)), element('p', { className: 'muted' }, 'ahead of you'), progress,
    element('p', { className: 'muted', id: 'heartbeat' }), element('p', { id: 'honest' }));
  $('ahead').textContent = new Intl.NumberFormat().format(ahead);
  $('progress').value = mine.number - ahead;
  $('heartbeat').textContent = queue ? `Number ${mine.number}. Last heard from the shop ${Math.max(0, Math.round((now() - queue.heard) / 1000))} s ago. You may close this page: your place is kept.` : '';
  $('honest').textContent = ahead > sale.allotted * UNLIKELY ? 'To be honest: it is unlikely that the stock lasts until your turn.' : '';
}

function render() {
  if (!sale) return;
  const state = queue?.state ?? sale.state;
  const opensAt = Date.parse(sale.opensAt);
  const mine = place.get();
  const right = admission.get();
  $('band').hidden = false;
  $('band').textContent = state === 'OPEN' ? BAND[queue?.stock ?? sale.stock] : SALE[state];
  clockUntil = now() < opensAt ? opensAt : Date.parse(sale.closesAt);
  $('clock-label').textContent = now() < opensAt ? 'Opens in' : 'Closes in';

  if (right) {
    return stage('buy', 'It is your turn', 'Order now, pay in the next step.', ...buyForm(Date.parse(right.expiresAt)));
  }
  if (state === 'ENDED') return stage('ended', 'This sale has ended', 'Thank you for coming.');
  if (state === 'SOLD_OUT') return waitlist();
  if (now() < opensAt) {
    if (now() < opensAt - LOBBY_MS) {
      return stage('early', 'Not open yet', 'You can come in from 15 minutes before the opening. Being early gives no edge: places are drawn.');
    }
    return mine
      ? stage('lobby', 'You are in', 'Places are drawn when the sale opens. You need not do anything.')
      : stage('lobby-join', 'The doors are open', 'Come in now; places are drawn when the sale opens.', element('div', { className: 'buttons' }, button('Come in', join)));
  }
  if (state === 'PAUSED') return stage('paused', 'The shop has paused', 'Nobody is let in at the moment. Your place is kept.');
  if (!mine) {
    return stage('join', 'The sale is open', 'Join the line. If nobody waits, it is your turn at once.', element('div', { className: 'buttons' }, button('Join', join)));
  }
  if (mine.number == null) return stage('drawing', 'Places are being drawn', 'One moment.');
  waiting(mine);
}

async function waitlist() {
  const entry = localStorage.getItem(ENTRY);
  if (!entry) {
    return stage('sold-out', 'Sold out', 'Units come back when somebody does not pay. The waitlist decides who gets them; a ticket keeps its place there.',
      element('div', { className: 'buttons' }, button('Join the waitlist', joinWaitlist)));
  }
  stage('waitlisted', 'You are on the waitlist', 'We will show an offer here as soon as a unit comes back.', element('p', { className: 'big', id: 'position' }), element('p', { className: 'muted' }, 'your position'));
}

/** What happens without a press of a button: the draw, one's turn, an offer. */
async function advance() {
  const mine = place.get();
  const entry = localStorage.getItem(ENTRY);
  if (busy || admission.get()) return;
  try {
    if (mine?.ticket && mine.number == null && now() >= Date.parse(sale.opensAt)) {
      await sleep(Math.random() * OPENING_JITTER_MS);
      await asCustomer(join);
    } else if (mine?.ticket && queue?.state === 'OPEN' && mine.number <= queue.servingNumber) {
      await asCustomer(claim);
    } else if (entry) {
      await followEntry(entry);
    }
  } catch (failure) {
    if (failure.code === 'NOT_YOUR_TURN' || failure instanceof Offline) return;
    if (failure.code === 'SOLD_OUT') queue = { ...queue, state: 'SOLD_OUT' };
    if (['TURN_PASSED', 'TICKET_INVALID'].includes(failure.code)) { place.forget(); announce(say(failure), true); }
    if (failure.status === 404) localStorage.removeItem(ENTRY);
  }
}

async function followEntry(entry) {
  const found = await asCustomer(() => get(`/api/v1/waitlist-entries/${entry}`));
  if (found.state === 'OFFERED' && found.admission) admission.set({ admission: found.admission, expiresAt: found.expiresAt });
  else if (found.state !== 'WAITING') { localStorage.removeItem(ENTRY); shown = ''; }
  else if ($('position')) $('position').textContent = found.position;
}

function heard(snapshot) {
  queue = { ...snapshot, heard: now() };
  render();
}

/** One stream for everybody's news; polling when there is none. */
function listen() {
  let failures = 0;
  const source = new EventSource(`${path}/queue/events`);
  source.addEventListener('queue', event => { failures = 0; heard(JSON.parse(event.data)); });
  source.onerror = () => {
    if (++failures < 2) return;
    source.close();
    poll();
  };
}

async function poll() {
  for (;;) {
    try {
      heard(await get(`${path}/queue`));
    } catch (failure) {
      announce('Reconnecting… your place is kept.');
    }
    await sleep((queue?.pollAfterMs ?? 2000) * (0.9 + Math.random() * 0.2));
  }
}

async function begin() {
  try {
    sale = await get(path);
  } catch (failure) {
    stage('none', 'There is no such sale', failure.status === 404 ? 'It may have been taken down.' : say(failure));
    return;
  }
  document.title = `${sale.productName} · Flash Sale`;
  $('name').textContent = sale.productName;
  $('price').textContent = money(sale.price);
  $('limit').textContent = `up to ${sale.purchaseLimit}`;
  get(`/api/v1/products/${sale.productId}`).then(product => { $('description').textContent = product.description; }, () => {});
  render();
  listen();
  setInterval(() => {
    $('clock').textContent = left(clockUntil);
    const right = admission.get();
    if ($('turn-clock') && right) $('turn-clock').textContent = left(Date.parse(right.expiresAt));
    if (!right && shown === 'buy') { intention(`order:${id}`).done(); announce('The time to order is over.', true); }
    render();
  }, 1000);
  for (;;) {
    await advance();
    render();
    await sleep(1000);
  }
}

begin();
