import { get } from './api.js';
import { left, now } from './clock.js';
import { $, announce, badge, element } from './page.js';
import { BAND, SALE, money, say } from './text.js';

const REFRESH_MS = 15_000;
const clocks = new Map();
let cursor = null;

function card(sale) {
  const clock = element('span', { className: 'clock' });
  const soldOut = sale.state === 'SOLD_OUT' || sale.state === 'ENDED';
  clocks.set(sale.id, { sale, clock });
  return element('li', { className: 'card' },
    element('a', { href: `/s/${sale.id}` }, sale.productName),
    element('span', { className: 'price' }, money(sale.price)),
    element('span', { className: 'muted' }, SALE[sale.state] ?? sale.state, ' ', clock),
    element('span', { className: 'foot' },
      badge(BAND[sale.stock] ?? sale.stock, soldOut ? 'bad' : sale.stock === 'PLENTY' ? 'good' : ''),
      element('span', { className: 'muted' }, `up to ${sale.purchaseLimit} each`)));
}

async function load(more = false) {
  try {
    const page = await get(`/api/v1/sales?limit=24${more && cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
    if (!more) { clocks.clear(); $('sales').replaceChildren(); $('ended').replaceChildren(); }
    $('sales').append(...page.items.filter(sale => sale.state !== 'ENDED').map(card));
    $('ended').append(...page.items.filter(sale => sale.state === 'ENDED').map(card));
    $('over').hidden = !$('ended').children.length;
    cursor = page.nextCursor;
    $('more').hidden = !cursor;
    announce($('sales').children.length ? '' : 'Nothing is on sale at the moment.');
    tick();
  } catch (failure) {
    announce(say(failure), true);
  }
}

function tick() {
  for (const { sale, clock } of clocks.values()) {
    const opens = Date.parse(sale.opensAt);
    const closes = Date.parse(sale.closesAt);
    clock.textContent = now() < opens ? `· opens in ${left(opens)}`
      : sale.state === 'OPEN' && now() < closes ? `· closes in ${left(closes)}` : '';
  }
}

$('more').onclick = () => load(true);
setInterval(tick, 1000);
setInterval(() => { if (!document.hidden && clocks.size <= 24) load(); }, REFRESH_MS);
load();
