import { asCustomer, get } from './api.js';
import { $, announce, badge, element } from './page.js';
import { ENTRY, money, say, time } from './text.js';

let cursor = null;
const kind = { PAID: 'good', REFUSED: 'bad', CANCELLED: 'bad' };

const orderCard = order => element('li', { className: 'card' },
  element('a', { href: `/orders/${order.id}` }, `${order.quantity} × for ${money(order.total)}`),
  element('span', { className: 'muted' }, time(order.placedAt)),
  element('span', { className: 'foot' }, badge(order.state.toLowerCase(), kind[order.state])));

const entryCard = entry => element('li', { className: 'card' },
  element('a', { href: `/s/${entry.saleId}` }, ENTRY[entry.state] ?? entry.state),
  element('span', { className: 'muted' }, entry.state === 'WAITING' ? `Position ${entry.position}` : ''));

async function load() {
  const page = await get(`/api/v1/orders?limit=20${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
  $('orders').append(...page.items.map(orderCard));
  cursor = page.nextCursor;
  $('more').hidden = !cursor;
  announce($('orders').children.length ? '' : 'You have not bought anything yet.');
}

async function loadEntries() {
  const { items } = await get('/api/v1/waitlist-entries?limit=20');
  $('entries').append(...items.map(entryCard));
  $('waiting').hidden = !items.length;
}

const shown = work => asCustomer(work).catch(failure => announce(say(failure), true));
$('more').onclick = () => shown(load);
shown(load);
shown(loadEntries);
