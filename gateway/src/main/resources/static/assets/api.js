// The public API and nothing else.
import { learn } from './clock.js';
import { accessToken, forget, signIn } from './session.js';

const PATIENCE_MS = 8000;
const TRIES = 4;

/** An answer that is a problem document. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body.detail || body.title || `The server answered ${status}.`);
    this.status = status;
    this.code = body.code || 'UNKNOWN';
    this.body = body;
    this.retryAfterMs = retryAfter ? Number(retryAfter) * 1000 : undefined;
  }
}

/** Nobody answered. */
export class Offline extends Error {
  constructor() { super('No connection at the moment.'); }
}

export const sleep = ms => new Promise(done => setTimeout(done, ms));

/** One key for one intention: made when a form opens, kept over reloads, so that pressing twice buys once. */
export function intention(name) {
  const slot = `intention:${name}`;
  let key = sessionStorage.getItem(slot);
  if (!key) sessionStorage.setItem(slot, key = crypto.randomUUID());
  return { key, done: () => sessionStorage.removeItem(slot) };
}

async function once(method, path, { body, key, signal } = {}) {
  const headers = { Accept: 'application/json' };
  const token = accessToken();
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (key) headers['Idempotency-Key'] = key;
  const sentAt = Date.now();
  let response;
  try {
    const timeout = AbortSignal.timeout(PATIENCE_MS);
    response = await fetch(path, {
      method, headers, credentials: 'omit',
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw new Offline();
  }
  learn(Date.parse(response.headers.get('Date') ?? ''), sentAt, Date.now());
  const text = await response.text();
  const json = text && /json/.test(response.headers.get('Content-Type') ?? '') ? JSON.parse(text) : {};
  if (response.ok) return json;
  if (response.status === 401) forget();
  throw new Problem(response.status, json, response.headers.get('Retry-After'));
}

const isPassing = failure => failure instanceof Offline || [429, 502, 503, 504].includes(failure.status);

/** Asks again while it can help: reads, and writes that carry a key or are idempotent by their nature. */
async function patiently(method, path, options) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(method, path, options);
    } catch (failure) {
      if (!isPassing(failure) || attempt === TRIES || options?.signal?.aborted) throw failure;
      await sleep((failure.retryAfterMs ?? 500 * attempt) + Math.random() * 500);
    }
  }
}

export const get = (path, options) => patiently('GET', path, options);
export const post = (path, body, key) => patiently('POST', path, { body, key });
export const remove = path => patiently('DELETE', path);

/** Runs what needs a customer; sends a stranger to the sign-in page and comes back here. */
export async function asCustomer(work) {
  if (!accessToken()) return signIn();
  try {
    return await work();
  } catch (failure) {
    if (failure.status === 401) return signIn();
    throw failure;
  }
}
