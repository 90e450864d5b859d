// One sale, from the countdown to the order. The server's answers alone move it.
import { Offline, SignInNeeded, asCustomer, asCustomerOrSignIn, get, isPassing, post, read, remove } from './api.js';
import { learnFromMessage, now } from './clock.js';
import { drawSection } from './draw-view.js';
import { follow } from './live.js';
import { unlessBusy } from './locks.js';
import { messages } from './messages.js';
import { $, announce, askToSignIn, clearNotice, connection, element, idInPath, notify, setText } from './page.js';
import { showPicture } from './pictures.js';
import { saleState } from './sale-state.js';
import { render, showNone } from './sale-view.js';
import { customer, keepCalmAround, onSession, token } from './session.js';
import { drop, intention } from './store.js';
import { count, money, say } from './text.js';

const id = idInPath();
const path = `/api/v1/sales/${id}`;
const it = saleState(id);
const WANTED = `wanted:${id}`;

const OPENING_JITTER_MS = 1000;
/** After this time browsers let the timers of a hidden page run once a minute only. */
const THROTTLED_MS = 4 * 60_000;
const UNSEEN_MS = 30_000;
const AWAY_MS = 60_000;
const WANTED_MS = 10 * 60_000;
const SLOW_MS = 3000;
const RETRY_MS = 2000;
/**
 * Customers in front of the waitlist look more often: every second in front delays all customers
 * behind.
 */
const LOOK_MS = [2000, 15_000];

let busy = false;
let advancing = false;
let notBefore = 0;
let lookAfter = 0;
let hiddenAt = document.hidden ? performance.now() : null;

const live = follow(id, {
  onNews(snapshot) {
    learnFromMessage(Date.parse(snapshot.serverTime));
    const wasPaused = it.queue?.state === 'PAUSED';
    it.queue = snapshot;
    it.heardAt = performance.now();
    connection('');
    update();
    // the ends of turns and offers have moved
    if (wasPaused && snapshot.state !== 'PAUSED') restore(true);
    else advance();
  },
  onTrouble: () => connection(messages.sale.reconnecting),
});

const draw = drawSection(id);
draw.onOpen(update);

function update() {
  if (!it.sale) return;
  render(it, actions);
  draw.update(it);
}

// ---- what a press of a button does -----------------------------------------------------------------------------------------

const actions = {
  join: pressed => run(pressed, join, 'join'),
  joinWaitlist: pressed => run(pressed, joinWaitlist, 'waitlist'),
  leaveWaitlist: pressed => run(pressed, leaveWaitlist),
  order: (pressed, quantity) => run(pressed, () => order(quantity)),
};

/**
 * Runs one action at a time; a refusal is shown until the next one. After a sign-in the page
 * continues with the wanted action.
 */
async function run(pressed, action, wanted) {
  if (busy) return;
  busy = true;
  clearNotice();
  pressed?.setAttribute('aria-disabled', 'true');
  const slow = setTimeout(() => announce(messages.shop.trying), SLOW_MS);
  try {
    if (wanted && !await token()) sessionStorage.setItem(WANTED, JSON.stringify({ wanted, at: Date.now() }));
    await asCustomerOrSignIn(action);
  } catch (failure) {
    await refused(failure);
  } finally {
    clearTimeout(slow);
    pressed?.removeAttribute('aria-disabled');
    busy = false;
    update();
    advance();
  }
}

async function join() {
  const ticket = it.place.get()?.ticket;
  it.rememberTicket(await post(`${path}/queue-tickets`, ticket ? { ticket } : undefined));
}

async function joinWaitlist() {
  const ticket = it.place.get()?.ticket;
  it.rememberEntry(await post(`${path}/waitlist-entries`, ticket ? { ticket } : undefined));
}

async function leaveWaitlist() {
  await remove(`/api/v1/waitlist-entries/${it.entry.get().id}`);
  it.entry.drop();
}

async function order(quantity) {
  const placed = await post('/api/v1/orders', { saleId: id, quantity, admission: it.turn.get().admission }, intention(it.orderKey));
  for (const used of [it.turn, it.place, it.entry, it.quantity]) used.drop();
  drop(it.orderKey);
  it.order.set({ id: placed.id, state: placed.state, quantity });
  location.assign(`/orders/${placed.id}`);
}

async function refused(failure) {
  if (failure instanceof SignInNeeded) return askToSignIn();
  // a definite refusal: the next try is a new one
  if (failure.status >= 400 && failure.status < 500 && failure.status !== 429) drop(it.orderKey);
  const units = failure.code === 'ADMISSION_INVALID' && it.liveTurn ? failure.body?.units : undefined;
  if (units > 0) {
    it.turn.set({ ...it.turn.get(), units });
    return notify(messages.tooManyUnits(units));
  }
  follows(failure);
  if (['ADMISSION_INVALID', 'LIMIT_REACHED', 'IDEMPOTENCY_KEY_REUSED'].includes(failure.code)) {
    await findOrder();
    return notify(say(failure), ' ', element('a', { href: '/orders' }, messages.sale.toOrders));
  }
  notify(say(failure));
}

/** Updates the state after a refusal. */
function follows({ code }) {
  if (['TURN_PASSED', 'TICKET_INVALID', 'SALE_ENDED', 'LIMIT_REACHED'].includes(code)) it.place.drop();
  if (['TURN_PASSED', 'ADMISSION_INVALID', 'SALE_ENDED'].includes(code)) it.turn.drop();
  if (code === 'SOLD_OUT') it.turn.drop();
  if (code === 'WAITLIST_CLOSED') it.nothingLeft = true;
  const state = { SOLD_OUT: 'SOLD_OUT', SALE_ENDED: 'ENDED', SALE_PAUSED: 'PAUSED' }[code];
  if (state && it.queue) it.queue = { ...it.queue, state };
  if (['NOT_SOLD_OUT', 'SALE_NOT_OPEN'].includes(code)) live.poll().catch(() => {});
}

// ---- what happens without a press: the draw, one's turn, an offer --------------------------------------------------------------

function nextStep() {
  const mine = it.place.get();
  const { state } = it;
  if (it.liveTurn || state === 'PAUSED') return null;
  if (it.turn.get()) return mine?.ticket && !it.turn.get().offer ? claim : it.entry.get() ? look : lapsed;
  if (mine?.ticket && mine.number == null && hasOpened()) return takeDrawnPlace;
  if (mine?.ticket && it.isMyTurn) return claim;
  return it.entry.get() && performance.now() >= lookAfter ? look : null;
}

const hasOpened = () => it.queue ? !it.isBeforeOpening : now() >= it.opensAt;

/** Takes the next step in one tab at a time; all tabs see the result. */
async function advance() {
  if (!it.sale || busy || advancing || !customer() || performance.now() < notBefore) return;
  const step = nextStep();
  if (!step) return;
  advancing = true;
  try {
    await unlessBusy(`advance:${id}`, () => asCustomer(step));
  } catch (failure) {
    stepFailed(failure);
  } finally {
    advancing = false;
    update();
  }
}

function stepFailed(failure) {
  notBefore = performance.now() + (failure.retryAfterMs ?? RETRY_MS * (0.75 + Math.random() / 2));
  if (failure instanceof SignInNeeded) return askToSignIn();
  if (failure.code === 'NOT_YOUR_TURN' || isPassing(failure)) return;
  if (failure.status === 404) return it.entry.drop();
  follows(failure);
  if (failure.code !== 'SOLD_OUT') notify(say(failure));
}

async function takeDrawnPlace() {
  const unthrottled = !hiddenAt || performance.now() - hiddenAt < THROTTLED_MS;
  if (unthrottled) await new Promise(done => setTimeout(done, Math.random() * OPENING_JITTER_MS));
  await join();
}

async function claim() {
  const had = it.turn.get();
  try {
    it.turn.set(await post(`${path}/admissions`, { ticket: it.place.get().ticket }));
  } catch (failure) {
    if (had && ['NOT_YOUR_TURN', 'SOLD_OUT'].includes(failure.code)) return lapsed();
    throw failure;
  }
}

function lapsed() {
  it.turn.drop();
  it.place.drop();
  drop(it.orderKey);
  notify(messages.sale.timeIsOver);
}

async function look() {
  const found = await get(`/api/v1/waitlist-entries/${it.entry.get().id}`);
  lookAfter = performance.now() + Math.min(Math.max(found.position * 1000, LOOK_MS[0]), LOOK_MS[1]) * (0.9 + Math.random() * 0.2);
  if (it.rememberEntry(found)) return;
  it.turn.drop();
  if (found.state !== 'ORDERED') notify(messages.entry[found.state]);
}

/** Asks the server for the steps of another device, or of this browser before a sign-out. */
async function restore(again = false) {
  if (!it.sale || !customer()) return;
  const { state } = it;
  if (state === 'ENDED' || (it.isBeforeOpening && !it.isLobbyOpen)) return;
  await quietly(async () => {
    if (again || !it.place.get()) it.rememberTicket(await get(`${path}/queue-tickets/mine`));
  });
  if (['SOLD_OUT', 'PAUSED'].includes(state)) await quietly(findEntry);
  if (it.order.get()) await quietly(async () => rememberOrder(await get(`/api/v1/orders/${it.order.get().id}`)));
  update();
  advance();
}

async function quietly(work) {
  try {
    await asCustomer(work);
  } catch (failure) {
    if (failure instanceof SignInNeeded) askToSignIn();
  }
}

async function findEntry() {
  for (let cursor = ''; cursor !== null;) {
    const page = await get(`/api/v1/waitlist-entries?limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    const mine = page.items.find(entry => entry.saleId === id && ['WAITING', 'OFFERED'].includes(entry.state));
    if (mine) return it.rememberEntry(mine);
    cursor = page.nextCursor;
  }
}

const findOrder = () => quietly(async () => {
  const { items } = await get('/api/v1/orders?limit=20');
  const mine = items.find(order => order.saleId === id);
  if (mine) rememberOrder(mine);
});

function rememberOrder(order) {
  if (['REFUSED', 'CANCELLED'].includes(order.state)) it.order.drop();
  else it.order.set({ id: order.id, state: order.state, quantity: order.quantity });
}

// ---- the page's own life ---------------------------------------------------------------------------------------------------

function wake() {
  const away = hiddenAt ? performance.now() - hiddenAt : 0;
  hiddenAt = null;
  live.start();
  if (performance.now() - it.heardAt > RETRY_MS) live.poll().catch(() => {});
  if (away > AWAY_MS) restore();
  update();
}

function sleepUnlessNeeded() {
  hiddenAt = performance.now();
  setTimeout(() => {
    if (document.hidden && !it.place.get() && !it.entry.get()) live.stop();
  }, UNSEEN_MS);
}

addEventListener('visibilitychange', () => document.hidden ? sleepUnlessNeeded() : wake());
addEventListener('pagehide', () => live.stop());
addEventListener('pageshow', event => {
  if (!event.persisted) return;
  busy = false;
  for (const pressed of $('stage').querySelectorAll('[aria-disabled]')) pressed.removeAttribute('aria-disabled');
  wake();
  restore(true);
});
addEventListener('online', () => live.poll().catch(() => {}));
it.onChange(() => { update(); advance(); });
onSession(() => { update(); advance(); });

function showSale() {
  const { sale } = it;
  setText($('name'), sale.productName);
  setText($('price'), money(sale.price));
  setText($('limit'), messages.sale.upTo(sale.purchaseLimit, count(sale.purchaseLimit)));
  showPicture($('picture'), sale, messages.sale.picture(sale.productName));
  $('facts').hidden = false;
  read(`/api/v1/products/${sale.productId}`, { cache: 'default' })
    .then(({ description }) => setText($('description'), description), () => {});
}

/** The wish that led to the sign-in. Read first of all: a press on this page may store the next wish. */
function takeWanted() {
  const kept = JSON.parse(sessionStorage.getItem(WANTED) ?? 'null');
  sessionStorage.removeItem(WANTED);
  return kept && customer() && Date.now() - kept.at <= WANTED_MS ? kept.wanted : null;
}

function goOnWith(wanted) {
  if (wanted === 'waitlist' && it.state === 'SOLD_OUT' && !it.entry.get()) actions.joinWaitlist();
  else if (wanted === 'join' && !it.place.get() && !it.turn.get()) actions.join();
}

async function loaded() {
  for (;;) {
    try {
      return await read(path);
    } catch (failure) {
      if (failure.status && !isPassing(failure)) return showNone(failure.status === 404 || failure.status === 400 ? messages.sale.none[1] : say(failure));
      showNoneYet(failure);
      await new Promise(done => setTimeout(done, RETRY_MS));
    }
  }
}

const showNoneYet = failure => connection(failure instanceof Offline ? messages.sale.reconnecting : say(failure));

async function begin() {
  const wanted = takeWanted();
  it.sale = await loaded();
  if (!it.sale) return;
  connection('');
  showSale();
  keepCalmAround(it.opensAt);
  update();
  live.start();
  await Promise.race([live.poll().catch(() => {}), new Promise(done => setTimeout(done, RETRY_MS))]);
  await restore();
  goOnWith(wanted);
  setInterval(() => { update(); advance(); }, 1000);
}

begin();
