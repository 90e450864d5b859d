// Every word that depends on a state, in one place.
export const BAND = { PLENTY: 'Plenty', LOW: 'Going fast', LAST_FEW: 'Last few', SOLD_OUT: 'Sold out' };
export const SALE = { SCHEDULED: 'Not open yet', OPEN: 'Open', PAUSED: 'Paused', SOLD_OUT: 'Sold out', ENDED: 'Ended' };

export const ORDER = {
  PLACED: 'We are setting your units aside.',
  RESERVED: 'Your units are set aside. Pay before the time is over and they are yours.',
  PAID: 'Paid. Thank you: the units are yours.',
  REFUSED: 'We could not set units aside for you.',
  CANCELLED: 'This order is cancelled. No money was kept.',
};
export const REASON = {
  SOLD_OUT: 'All units were gone by then.',
  LIMIT_REACHED: 'You already have as many as one person may buy.',
  EXPIRED: 'The time to pay was over, and the units went to the next in line.',
  BY_CUSTOMER: 'You cancelled it.',
  PAYMENT_DECLINED: 'The payment was declined until the time was over.',
};
export const PAYMENT = {
  REQUESTED: 'Asking the bank…',
  UNKNOWN: 'The bank has not answered yet. We keep asking; please do not pay again.',
  DECLINED: 'The bank declined this card. You can try another one.',
  CAPTURED: 'The bank has confirmed.',
  REFUNDED: 'The money is on its way back to you.',
};
export const ENTRY = {
  WAITING: 'Waiting for a unit to come back',
  OFFERED: 'A unit is yours to buy',
  ORDERED: 'Bought',
  LAPSED: 'The offer was not taken in time',
  LEFT: 'You left the waitlist',
  CLOSED: 'The sale is over',
};
export const REFUSAL = {
  SALE_NOT_OPEN: 'It is not open yet. You can join from 15 minutes before.',
  WAITLIST_FULL: 'So many people wait already that there is no chance for more. Places become free when people leave.',
  CROWD_FULL: 'So many people wait already that there is no chance for more. Honest, if not nice.',
  SALE_ENDED: 'This sale has ended.',
  TURN_PASSED: 'Your turn has passed. You can join again, at the end.',
  ADMISSION_INVALID: 'Your turn to buy is over. You can join again, at the end.',
  RESERVATION_EXPIRED: 'The time to pay is over.',
  PAYMENT_IN_PROGRESS: 'A payment is already on its way.',
  TOO_MANY_REQUESTS: 'That was very quick. Please wait a second.',
  OVERLOADED: 'Very many people are here. Nothing is lost; please try again.',
  SERVICE_UNAVAILABLE: 'This part of the shop is not available at the moment. Your place is kept.',
};

export const money = ({ amount, currency }) =>
  new Intl.NumberFormat(undefined, { style: 'currency', currency }).format(Number(amount));
export const time = instant =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
export const say = failure => REFUSAL[failure.code] ?? failure.message;

/** About how long until it is one's turn: a range, since nobody knows better. The pace is one that does not jump, so neither does this. */
export function estimate(ahead, perMinute) {
  if (!perMinute) return 'We cannot say yet how long it will take.';
  const minutes = ahead / perMinute;
  const range = [[1, 'less than a minute'], [2, '1–2 minutes'], [5, '2–5 minutes'], [10, '5–10 minutes'], [20, '10–20 minutes'],
    [40, '20–40 minutes'], [60, '40–60 minutes']].find(([most]) => minutes <= most);
  return `About ${range ? range[1] : 'more than an hour'}.`;
}
