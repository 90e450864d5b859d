import { SignInNeeded, asCustomer, asCustomerOrSignIn, get, isPassing, read } from './api.js';
import { messages } from './messages.js';
import { $, announce, askToSignIn, badge, clearNotice, element, notify } from './page.js';
import { showPicture } from './pictures.js';
import { count, money, say, time } from './text.js';

const words = messages.orders;
const RETRY_MS = 3000;
const KIND = { PAID: 'good', REFUSED: 'bad', CANCELLED: 'bad' };
const sales = new Map();
let cursor = null;

/** A sale, or nothing; one request per sale, however many orders it has. */
function saleOf(id) {
  if (!sales.has(id)) sales.set(id, read(`/api/v1/sales/${id}`, { cache: 'default', tries: 2 }).catch(() => null));
  return sales.get(id);
}

/** A card that can be read at once; the product's name and picture come when they are known. */
function card(href, text, saleId, ...rest) {
  const link = element('a', { href }, text);
  const frame = element('div', { className: 'picture' });
  saleOf(saleId).then(sale => {
    if (!sale) return;
    link.textContent = words.of(sale.productName, text);
    showPicture(frame, sale);
  });
  return element('li', { className: 'card small' }, frame, element('div', { className: 'text' }, link, ...rest));
}

const orderCard = order => card(`/orders/${order.id}`, words.order(count(order.quantity), money(order.total)), order.saleId,
  element('span', { className: 'muted' }, time(order.placedAt)),
  element('span', { className: 'foot' }, badge(words.state[order.state] ?? order.state, KIND[order.state])));

const entryCard = entry => card(`/s/${entry.saleId}`, messages.entry[entry.state] ?? entry.state, entry.saleId,
  element('span', { className: 'muted' }, entry.state === 'WAITING' ? words.position(count(entry.position)) : ''));

async function load(more = false) {
  const page = await get(`/api/v1/orders?limit=20${more && cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
  const cards = page.items.map(orderCard);
  if (more) $('orders').append(...cards); else $('orders').replaceChildren(...cards);
  // a keyboard goes on at the first of the new ones
  if (more) cards[0]?.querySelector('a').focus();
  cursor = page.nextCursor;
  $('more').hidden = !cursor;
  for (const part of ['none', 'nothing']) $(part).hidden = Boolean($('orders').children.length);
  announce($('orders').children.length ? '' : words.none);
}

async function loadEntries() {
  const { items } = await get('/api/v1/waitlist-entries?limit=20');
  $('entries').replaceChildren(...items.map(entryCard));
  $('waiting').hidden = !items.length;
}

async function shown(work, attempt = asCustomer) {
  try {
    await attempt(work);
    clearNotice();
  } catch (failure) {
    if (failure instanceof SignInNeeded) return askToSignIn();
    if (!$('orders').children.length) announce('');
    notify(say(failure));
    if (isPassing(failure)) setTimeout(() => shown(work), RETRY_MS * (1 + Math.random()));
  }
}

$('more').onclick = () => shown(() => load(true), asCustomerOrSignIn);
addEventListener('pageshow', event => { if (event.persisted) { shown(load); shown(loadEntries); } });
announce(messages.shop.loading);
shown(load, asCustomerOrSignIn);
shown(loadEntries, asCustomerOrSignIn);
