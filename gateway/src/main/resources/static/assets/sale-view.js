// The stage of a sale page: one state at a time, replaced only when the state changes, so that
// focus and reading position stay.
import { left, now } from './clock.js';
import { messages } from './messages.js';
import { $, announce, button, element, setText, setTitle } from './page.js';
import { count, duration, estimate, milliseconds, secondsAgo } from './text.js';

const words = messages.sale;
/** Customers in front per unit, from which on the rest of the queue will hardly get one. */
const UNLIKELY = 1.5;
const MOST_CHOICES = 100;
/** After this silence the news of the queue are old. */
const STALE_S = 20;

let shown = '';
let spoken = '';

function stage(name, [title, text], body = () => []) {
  setText($('stage-text'), text);
  if (shown !== name) {
    shown = name;
    const hadFocus = $('stage').contains(document.activeElement);
    setText($('stage-title'), title);
    $('stage').dataset.stage = name;
    $('stage-body').replaceChildren(...body());
    if (hadFocus) $('stage-title').focus();
    speak(`${title}. ${text}`);
  }
}

function speak(text) {
  if (spoken !== text) announce(spoken = text);
}

const buttons = (...all) => [element('div', { className: 'buttons' }, ...all)];

/** Shows the state; actions are { join, joinWaitlist, leaveWaitlist, order }. */
export function render(it, actions) {
  facts(it);
  pendingOrder(it);
  show(it, actions);
  setTitle(shown === 'buy' ? words.yourTurn(it.sale.productName) : it.sale.productName);
}

function show(it, actions) {
  const { state } = it;
  const mine = it.place.get();
  const turn = it.liveTurn;
  if (state === 'ENDED' && !turn) return stage('ended', words.ended);
  if (state === 'PAUSED') return stage('paused', words.paused);
  if (turn) return buy(it, turn, actions);
  if (it.turn.get()) return stage('next', words.next);
  if (state === 'SOLD_OUT') return soldOut(it, actions);
  if (it.isBeforeOpening) return before(it, mine, actions);
  if (hasAll(it)) return stage('ordered', [words.paidOrder, messages.refusal.LIMIT_REACHED]);
  if (!mine) return stage('join', words.join, () => buttons(actionButton(words.joinQueue, actions.join)));
  if (mine.number == null) return stage('drawing', words.drawing);
  if (it.isMyTurn) return stage('next', words.next);
  waiting(it, mine);
}

const actionButton = (text, action, className = 'primary') => button(text, event => action(event.currentTarget), className);

const hasAll = it => it.order.get()?.state === 'PAID' && it.order.get().quantity >= it.sale.purchaseLimit;

function before(it, mine, actions) {
  if (it.state === 'OPENING' || now() >= it.opensAt) return mine ? stage('drawing', words.drawing) : stage('opening', words.opening);
  const drawn = it.isDrawn;
  if (mine) return stage('in-lobby', drawn ? words.inLobby : words.inLobbyFifo);
  if (!it.isLobbyOpen) return stage('early', drawn ? words.early : words.earlyFifo);
  stage('lobby', drawn ? words.lobby : words.lobbyFifo, () => buttons(actionButton(words.joinQueue, actions.join)));
}

function waiting(it, mine) {
  const serving = it.queue?.servingNumber ?? 0;
  const ahead = Math.max(0, mine.number - serving - 1);
  const told = estimate(ahead + 1, it.queue?.steadyPerMinute);
  stage('waiting', [words.waiting, told], () => [
    element('p', { className: 'big', id: 'ahead' }), element('p', { className: 'muted', id: 'ahead-text' }),
    element('progress', { id: 'progress', ariaLabel: words.progress }),
    element('p', { className: 'heartbeat', id: 'heartbeat' }), element('p', { className: 'muted' }, keepOpen(it)), element('p', { id: 'honest' }),
  ]);
  speak(`${words.waiting}. ${told}`);
  setText($('ahead'), count(ahead));
  $('ahead').hidden = !ahead;
  setText($('ahead-text'), ahead ? words.ahead(ahead) : words.nobodyAhead);
  const from = Math.min(mine.from ?? 0, serving);
  $('progress').max = Math.max(1, mine.number - from);
  $('progress').value = Math.max(0, serving - from);
  const silence = Math.round((performance.now() - it.heardAt) / 1000);
  setText($('heartbeat'), it.queue ? `${words.number(count(mine.number))} ${ago(silence)}` : '');
  $('heartbeat').dataset.fresh = String(silence < STALE_S);
  setText($('honest'), ahead > it.sale.allotted * UNLIKELY ? words.unlikely : '');
}

const keepOpen = it => words.keepOpen(duration(Math.round(milliseconds(it.sale.turnDuration) / 1000) || 30));

const ago = seconds => seconds < 2 ? words.upToDate : words.heard(secondsAgo(seconds));

function soldOut(it, actions) {
  const entry = it.entry.get();
  if (entry) {
    stage('waitlisted', words.waitlisted, () => [
      element('p', { className: 'big', id: 'position' }), element('p', { className: 'muted' }, words.position),
      ...buttons(actionButton(words.leaveWaitlist, actions.leaveWaitlist, 'quiet'))]);
    return setText($('position'), count(entry.position));
  }
  if (it.nothingLeft || it.queue?.waitlistOpen === false) return stage('sold-out-for-good', words.soldOutForGood);
  stage('sold-out', words.soldOut, () => buttons(actionButton(words.joinWaitlist, actions.joinWaitlist)));
}

function buy(it, turn, actions) {
  const most = Math.min(turn.units ?? it.sale.purchaseLimit, it.sale.purchaseLimit, MOST_CHOICES);
  stage(`buy`, turn.offer ? words.buyOffer : words.buy, () => {
    const quantity = element('select', { id: 'quantity', onchange: () => it.quantity.set(Number(quantity.value)) });
    return [
      element('p', {}, words.timeToOrder, element('strong', { className: 'clock', id: 'turn-clock' })),
      element('p', {}, element('label', { htmlFor: 'quantity' }, words.units), quantity),
      element('p', { className: 'muted', id: 'only-units' }),
      ...buttons(actionButton(words.order, pressed => actions.order(pressed, Number(quantity.value)))),
    ];
  });
  const quantity = $('quantity');
  if (quantity.options.length !== most) {
    quantity.replaceChildren(...Array.from({ length: most }, (_, i) => element('option', { value: i + 1 }, count(i + 1))));
    quantity.value = String(Math.min(it.quantity.get() ?? 1, most));
    setText($('only-units'), most < it.sale.purchaseLimit ? words.onlyUnits(most) : '');
  }
  setText($('turn-clock'), left(Math.min(Date.parse(turn.expiresAt), it.closesAt)));
}

function facts(it) {
  const { state } = it;
  const band = it.queue?.stock ?? it.sale.stock;
  $('band').hidden = false;
  setText($('band'), messages.saleState[state === 'OPENING' ? 'SCHEDULED' : state]);
  $('band').className = `badge ${['SOLD_OUT', 'ENDED'].includes(state) ? 'bad' : state === 'OPEN' ? 'good' : ''}`.trim();
  $('stock').hidden = state !== 'OPEN' || !messages.band[band];
  setText($('stock-text'), messages.band[band]);
  $('stock').dataset.band = band;
  setText($('clock-label'), it.isBeforeOpening ? words.opensIn : words.closesIn);
  $('countdown').hidden = state === 'ENDED';
  setText($('clock'), left(it.isBeforeOpening ? it.opensAt : it.closesAt));
}

const ORDER_WORDS = { PLACED: words.decidingOrder, RESERVED: words.pendingOrder, PAID: words.paidOrder };

function pendingOrder(it) {
  const order = it.order.get();
  const text = ORDER_WORDS[order?.state];
  $('pending').hidden = !text;
  if (!text) return;
  setText($('pending-text'), text);
  if ($('pending-link').pathname !== `/orders/${order.id}`) $('pending-link').href = `/orders/${order.id}`;
}

/** Shows that there is no sale, which is no state of a sale. */
export const showNone = text => stage('none', [words.none[0], text]);
