// The page's state of one sale and of this customer's part in it. The queue outranks the catalogue,
// and both outrank the clock.
import { now } from './clock.js';
import { drop, onRemembered, recall, remember } from './store.js';

const LOBBY_MS = 15 * 60_000;
const ACTIVE_ENTRY = ['WAITING', 'OFFERED'];

export function saleState(id) {
  const kept = name => ({
    get: () => recall(`${name}:${id}`),
    set: value => remember(`${name}:${id}`, value),
    drop: () => drop(`${name}:${id}`),
  });
  const turn = kept('turn');
  const place = kept('place');
  const entry = kept('entry');

  return {
    id,
    sale: null,
    queue: null,
    /** performance.now() of the last news */
    heardAt: 0,
    /** The waitlist has said that nothing can come back. */
    nothingLeft: false,
    /** number, ticket and state as the server gave them; from: the number that was served when this page first saw the place */
    place,
    /** the right to buy: admission, expiresAt, units, and whether it is an offer of the waitlist */
    turn,
    /** id and position of the waitlist entry */
    entry,
    /** the latest order in this sale: id, state, quantity */
    order: kept('order'),
    /** chosen units */
    quantity: kept('quantity'),
    orderKey: `key:${id}`,

    get state() {
      if (this.queue) return this.queue.state;
      if (this.sale.state === 'SCHEDULED' && now() >= this.opensAt) return 'OPENING';
      return this.sale.state;
    },
    get opensAt() { return Date.parse(this.sale.opensAt); },
    get closesAt() { return Date.parse(this.sale.closesAt); },
    get isBeforeOpening() { return ['SCHEDULED', 'OPENING'].includes(this.state); },
    get isLobbyOpen() { return now() >= this.opensAt - LOBBY_MS; },
    get isDrawn() { return this.sale.draw !== 'FIFO'; },
    get isMyTurn() {
      const mine = place.get();
      return mine?.number != null && this.queue?.state === 'OPEN' && mine.number <= this.queue.servingNumber;
    },
    /** A pause stops the clocks: a turn does not end in one. */
    get liveTurn() {
      const mine = turn.get();
      return mine && (this.state === 'PAUSED' || Date.parse(mine.expiresAt) > now()) ? mine : null;
    },

    rememberTicket(answer) {
      if (answer.state === 'TURN_PASSED') return place.drop();
      place.set({ ticket: answer.ticket, number: answer.number, from: place.get()?.from ?? this.queue?.servingNumber });
      if (answer.admission) turn.set({ admission: answer.admission, expiresAt: answer.expiresAt, units: answer.units });
    },

    /** Remembers a waitlist entry; false if it is over. */
    rememberEntry(found) {
      if (!ACTIVE_ENTRY.includes(found.state)) {
        entry.drop();
        return false;
      }
      entry.set({ id: found.id, position: found.position });
      if (found.admission) turn.set({ admission: found.admission, expiresAt: found.expiresAt, units: found.units ?? 1, offer: true });
      return true;
    },

    onChange: listener => onRemembered(`:${id}`, listener),
  };
}
