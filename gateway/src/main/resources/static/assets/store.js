// The browser's data of one customer: places, turns, orders. Another customer does not see it, and
// a sign-out removes it.
import { customer } from './session.js';

const MOST = 200;

const slot = name => `customer:${customer()}:${name}`;

export function recall(name) {
  if (!customer()) return null;
  return JSON.parse(localStorage.getItem(slot(name)) ?? 'null')?.value ?? null;
}

export function remember(name, value) {
  if (!customer()) return;
  const kept = Object.keys(localStorage).filter(key => key.startsWith('customer:'));
  if (kept.length >= MOST) {
    const age = key => JSON.parse(localStorage.getItem(key)).at;
    localStorage.removeItem(kept.reduce((oldest, key) => age(key) < age(oldest) ? key : oldest));
  }
  localStorage.setItem(slot(name), JSON.stringify({ at: Date.now(), value }));
}

export const drop = name => localStorage.removeItem(slot(name));

/** Calls back when another tab has changed something of this customer whose name ends with this. */
export function onRemembered(ending, listener) {
  addEventListener('storage', event => {
    if (event.key?.startsWith(slot('')) && event.key.endsWith(ending)) listener();
  });
}

/** One key for one intention: made when a form opens, shared by all tabs and kept over reloads, so that pressing twice buys once. */
export function intention(name) {
  const key = recall(name) ?? crypto.randomUUID();
  remember(name, key);
  return key;
}
