import { read } from './api.js';
import { left, now } from './clock.js';
import { messages } from './messages.js';
import { $, announce, badge, connection, element, setText } from './page.js';
import { pictureFrame } from './pictures.js';
import { count, money, say, time } from './text.js';

const REFRESH_MS = 15_000;
const SOON_MS = 3000;
const PAGE = 24;
/** Page limit of the search for one sale that is not over. */
const MOST_PAGES = 4;

const cards = new Map();
let cursor = null;
let asked = 0;
let refreshAt = 0;
let loading = false;

const PLACES = { OPEN: 'sales', PAUSED: 'sales', SOLD_OUT: 'sales', SCHEDULED: 'scheduled', ENDED: 'ended' };
const SECTIONS = { sales: 'on-sale', scheduled: 'soon', ended: 'over' };

function newCard(sale) {
  const parts = {
    badge: badge(''),
    clock: element('span', { className: 'muted clock' }),
  };
  const link = element('a', { href: `/s/${sale.id}` }, sale.productName);
  const node = element('li', { className: 'card sale' }, pictureFrame(sale),
    element('div', { className: 'text' }, link,
      element('div', { className: 'row' }, element('span', { className: 'price' }, money(sale.price)), parts.badge),
      parts.clock, element('span', { className: 'muted' }, messages.home.perPerson(sale.purchaseLimit, count(sale.purchaseLimit)))));
  return { node, ...parts };
}

const KIND = { SOLD_OUT: 'bad', ENDED: 'bad' };

/** Updates only differences and moves only cards that have to move: focus stays on its card. */
function show(sale) {
  const card = cards.get(sale.id) ?? newCard(sale);
  cards.set(sale.id, Object.assign(card, { sale }));
  const state = sale.state;
  setText(card.badge, state === 'OPEN' ? messages.band[sale.stock] ?? messages.saleState.OPEN : messages.saleState[state]);
  card.badge.className = `badge ${KIND[state] ?? (state === 'OPEN' && sale.stock === 'PLENTY' ? 'good' : '')}`.trim();
  return card.node;
}

function arrange(list, nodes) {
  const focused = document.activeElement;
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
  while (list.children.length > nodes.length) list.lastChild.remove();
  if (document.activeElement !== focused && focused.isConnected) focused.focus();
}

async function pages(wanted) {
  const items = [];
  cursor = null;
  asked = 0;
  do {
    const page = await read(`/api/v1/sales?limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    items.push(...page.items);
    cursor = page.nextCursor;
    asked++;
  } while (cursor && (asked < wanted || (asked < MOST_PAGES && items.every(sale => sale.state === 'ENDED'))));
  return items;
}

async function load(wanted = 1) {
  if (loading) return;
  loading = true;
  refreshAt = performance.now() + REFRESH_MS;
  try {
    const sales = [...new Map((await pages(wanted)).map(sale => [sale.id, sale])).values()];
    for (const [place, section] of Object.entries(SECTIONS)) {
      const here = sales.filter(sale => PLACES[sale.state] === place);
      if (place === 'scheduled') here.sort((one, other) => Date.parse(one.opensAt) - Date.parse(other.opensAt));
      if (place === 'sales') here.sort((one, other) => (one.state === 'SOLD_OUT') - (other.state === 'SOLD_OUT'));
      arrange($(place), here.map(show));
      $(section).hidden = !here.length;
    }
    for (const id of cards.keys()) if (!sales.some(sale => sale.id === id)) cards.delete(id);
    $('more').hidden = !cursor;
    connection('');
    const nothing = !$('sales').children.length && !$('scheduled').children.length && !cursor;
    $('nothing').hidden = !nothing;
    announce(nothing ? messages.home.nothing : '');
    tick();
  } catch (failure) {
    connection(say(failure));
    if (!cards.size) announce(messages.home.failed);
  } finally {
    loading = false;
  }
}

function tick() {
  for (const { sale, clock } of cards.values()) {
    const opens = Date.parse(sale.opensAt);
    const closes = Date.parse(sale.closesAt);
    if (sale.state === 'SCHEDULED' && now() >= opens) refreshAt = Math.min(refreshAt, performance.now() + SOON_MS * Math.random());
    setText(clock, sale.state === 'SCHEDULED' ? (now() < opens ? messages.home.opensIn(left(opens)) : messages.home.opening)
      : sale.state === 'ENDED' ? messages.home.closed(time(sale.endedAt ?? sale.closesAt))
        : messages.home.closesIn(left(closes)));
  }
  if (!document.hidden && performance.now() >= refreshAt) load(asked || 1);
}

$('more').onclick = () => load(asked + 1);
addEventListener('visibilitychange', () => { if (!document.hidden) tick(); });
addEventListener('pageshow', event => { if (event.persisted) load(asked || 1); });
addEventListener('online', () => load(asked || 1));
announce(messages.shop.loading);
load();
setInterval(tick, 1000);
