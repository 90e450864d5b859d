// The public API and nothing else.
import { learnFromAnswer } from './clock.js';
import { messages } from './messages.js';
import { signIn, token, tokenAtHand } from './session.js';

const PATIENCE_MS = 8000;
const TRIES = 4;
const LONGEST_PAUSE_MS = 10_000;

/** A response that is a problem document. */
export class Problem extends Error {
  constructor(status, body, retryAfter) {
    super(body.detail || body.title || messages.refusal.UNKNOWN);
    this.status = status;
    this.code = body.code || 'UNKNOWN';
    this.body = body;
    this.retryAfterMs = Number(retryAfter) > 0 ? Number(retryAfter) * 1000 : undefined;
  }
}

/** The failure of a request without a response. */
export class Offline extends Error {
  constructor() {
    super(messages.shop.noConnection);
    this.code = 'OFFLINE';
  }
}

/** The failure of a request that needs a sign-in; a page that waits does not leave by itself. */
export class SignInNeeded extends Error {
  constructor() {
    super(messages.shop.signInAgain);
    this.code = 'SIGN_IN_NEEDED';
  }
}

export const sleep = ms => new Promise(done => setTimeout(done, ms));

async function send(method, path, { body, key, cache = 'no-store', bearer }) {
  const headers = { Accept: 'application/json' };
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (key) headers['Idempotency-Key'] = key;
  try {
    const sentAt = performance.now();
    const response = await fetch(path, {
      method, headers, cache, credentials: 'omit', signal: AbortSignal.timeout(PATIENCE_MS),
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    // a response from a cache on the way has an old time
    if (cache === 'no-store' && !response.headers.has('Age')) {
      learnFromAnswer(Date.parse(response.headers.get('Date') ?? ''), sentAt, performance.now());
    }
    return { response, text: await response.text() };
  } catch (failure) {
    throw new Offline();
  }
}

async function once(method, path, options = {}) {
  const bearer = options.open ? tokenAtHand() : await tokenOrOffline();
  let { response, text } = await send(method, path, { ...options, bearer });
  if (response.status === 401 && bearer) {
    const fresh = options.open ? null : await tokenOrOffline(bearer);
    if (options.open || fresh) ({ response, text } = await send(method, path, { ...options, bearer: fresh }));
  }
  const json = text && /json/.test(response.headers.get('Content-Type') ?? '') ? JSON.parse(text) : {};
  if (response.ok) return json;
  throw new Problem(response.status, json, response.headers.get('Retry-After'));
}

async function tokenOrOffline(refused) {
  try {
    return await token(refused);
  } catch (failure) {
    if (failure.status) throw failure;
    throw new Offline();
  }
}

export const isPassing = failure => failure instanceof Offline || [429, 502, 503, 504].includes(failure.status);

/**
 * Retries while it can help: reads, and writes that carry a key or are idempotent by their nature.
 */
async function patiently(method, path, options) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(method, path, options);
    } catch (failure) {
      const pause = failure.retryAfterMs ?? 500 * attempt;
      if (!isPassing(failure) || attempt === (options?.tries ?? TRIES) || pause > LONGEST_PAUSE_MS) throw failure;
      await sleep(pause + Math.random() * 500);
    }
  }
}

/** A public read; does not wait for a token. */
export const read = (path, options) => patiently('GET', path, { open: true, ...options });
export const get = (path, options) => patiently('GET', path, options);
export const post = (path, body, key) => patiently('POST', path, { body, key });
export const remove = path => patiently('DELETE', path);

/** Runs work that needs a customer, without ever leaving the page. */
export async function asCustomer(work) {
  if (!await tokenOrOffline()) throw new SignInNeeded();
  try {
    return await work();
  } catch (failure) {
    if (failure.status === 401) throw new SignInNeeded();
    throw failure;
  }
}

/** The same for an action of a person: sends a stranger to the sign-in page and comes back here. */
export async function asCustomerOrSignIn(work) {
  try {
    return await asCustomer(work);
  } catch (failure) {
    if (failure instanceof SignInNeeded) return signIn();
    throw failure;
  }
}
