// The customer's session: authorization code with PKCE (RFC 7636), refresh in the background, and a
// full sign-out.
//
// One session per browser, which all tabs share and only one tab at a time renews: a refresh token
// that two tabs use ends the session (RFC 9700, section 4.14.2). It is as short-lived as the
// browser's own session: without the mark in a session cookie, the kept tokens count for nothing.
import { now } from './clock.js';
import { exclusively } from './locks.js';
import { language, messages } from './messages.js';

const CLIENT = 'storefront';
const SCOPE = 'openid shop';
const SESSION = 'session';
const FLOWS = 'session:flows';
const MARK = `flashsale-open-${location.port || location.protocol.slice(0, -1)}`;
const CUSTOMER = 'customer:';

const FLOW_LIFE_MS = 15 * 60_000;
const MOST_FLOWS = 10;
const PATIENCE_MS = 8000;
const TRIES = 5;
/** A token with less life than this is not sent: it could end on its way. */
const SPARE_MS = 10_000;
/**
 * Tokens are renewed at a random time of this part of their life, so that customers who came
 * together do not renew together.
 */
const RENEW_FROM = 0.5;
const RENEW_TO = 0.8;
/** No renewals from a minute before an opening to a minute and a half after it. */
const CALM_BEFORE_MS = 60_000;
const CALM_AFTER_MS = 90_000;
const SPREAD_MS = 120_000;
const RETRY_MS = 5000;

const redirectUri = () => `${location.origin}/callback.html`;
const sleep = ms => new Promise(done => setTimeout(done, ms));
const base64url = bytes =>
  btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const mark = () => document.cookie.split('; ').find(one => one.startsWith(`${MARK}=`))?.slice(MARK.length + 1);

function subject(token) {
  const claims = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
  return JSON.parse(atob(claims)).sub;
}

function read() {
  const kept = JSON.parse(localStorage.getItem(SESSION) ?? 'null');
  return kept && kept.mark === mark() ? kept : null;
}

function keep(tokens, earlier) {
  const id = earlier?.mark ?? random();
  document.cookie = `${MARK}=${id}; path=/; SameSite=Strict${location.protocol === 'https:' ? '; Secure' : ''}`;
  const life = tokens.expires_in * 1000;
  const kept = {
    mark: id,
    customer: subject(tokens.access_token),
    accessToken: tokens.access_token,
    refreshToken: tokens.refresh_token ?? earlier?.refreshToken,
    idToken: tokens.id_token ?? earlier?.idToken,
    life,
    expiresAt: Date.now() + life,
    renewAt: Date.now() + life * (RENEW_FROM + Math.random() * (RENEW_TO - RENEW_FROM)),
  };
  localStorage.setItem(SESSION, JSON.stringify(kept));
  plan();
  return kept;
}

/**
 * The customer's id, also when the session has ended and waits for a new sign-in; null without a
 * customer.
 */
export const customer = () => read()?.customer ?? null;
export const hasEnded = () => Boolean(read()?.ended);

/** A token that still lives, without waiting for one. */
export function tokenAtHand() {
  const kept = read();
  return kept && !kept.ended && kept.expiresAt - Date.now() > SPARE_MS ? kept.accessToken : null;
}

/** A token that lives, renewed if need be; null when only a sign-in helps. A token that the server refused is not used again. */
export async function token(refused) {
  const kept = read();
  if (!kept || kept.ended) return null;
  if (kept.accessToken !== refused && kept.expiresAt - Date.now() > SPARE_MS) return kept.accessToken;
  const fresh = await renew(kept.accessToken);
  return fresh && !fresh.ended ? fresh.accessToken : null;
}

const renew = old => exclusively('session', async () => {
  const kept = read();
  // another tab was quicker, or the customer has signed out
  if (!kept || kept.ended || kept.accessToken !== old) return kept;
  const tokens = await refreshed(kept.refreshToken) ?? await silently(kept.customer);
  if (read()?.accessToken !== old) return read();
  return tokens ? keep(tokens, kept) : end(kept);
});

/** Only the tokens go: the customer's places are theirs when they sign in again. */
function end(kept) {
  localStorage.setItem(SESSION, JSON.stringify({ mark: kept.mark, customer: kept.customer, idToken: kept.idToken, ended: true }));
  tell();
  return read();
}

async function refreshed(refreshToken) {
  if (!refreshToken) return null;
  const response = await tokenRequest({ grant_type: 'refresh_token', refresh_token: refreshToken });
  if (response.ok) return response.json();
  if (isPassing(response)) throw await failed(response);
  return null;
}

/**
 * Gets tokens by the sign-in service's own session, without leaving the page; for this customer
 * only.
 */
async function silently(expected) {
  const flow = await newFlow(location.pathname);
  const response = await fetch(`/oauth2/authorize?${await authorization(flow)}&prompt=none`, {
    credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const answer = new URL(response.url);
  const code = answer.searchParams.get('code');
  if (isPassing(response)) throw await failed(response);
  if (!code || answer.searchParams.get('state') !== flow.state) return null;
  const tokens = await exchange(code, flow);
  return subject(tokens.access_token) === expected ? tokens : null;
}

const isPassing = response => [408, 429, 500, 502, 503, 504].includes(response.status);

async function failed(response) {
  const failure = new Error(messages.signIn.failed);
  failure.status = response.status;
  failure.code = response.status === 429 ? 'TOO_MANY_REQUESTS' : 'SERVICE_UNAVAILABLE';
  failure.retryAfterMs = (Number(response.headers.get('Retry-After')) || 2) * 1000;
  return failure;
}

const tokenRequest = parameters => fetch('/oauth2/token', {
  method: 'POST', credentials: 'omit', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS),
  body: new URLSearchParams({ client_id: CLIENT, ...parameters }),
});

async function exchange(code, flow) {
  const response = await tokenRequest({
    grant_type: 'authorization_code', code, redirect_uri: redirectUri(), code_verifier: flow.verifier,
  });
  if (!response.ok) throw await failed(response);
  return response.json();
}

// ---- signing in ----------------------------------------------------------------------------------------------------------

const flows = () => JSON.parse(localStorage.getItem(FLOWS) ?? '[]').filter(flow => Date.now() - flow.at < FLOW_LIFE_MS);

/** Kept until it is old, also after its use: people go back, reload, and choose another account. */
async function newFlow(returnTo) {
  const flow = { state: random(), verifier: random(), returnTo, at: Date.now() };
  localStorage.setItem(FLOWS, JSON.stringify([flow, ...flows()].slice(0, MOST_FLOWS)));
  return flow;
}

async function authorization(flow) {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(flow.verifier));
  return new URLSearchParams({
    response_type: 'code',
    client_id: CLIENT,
    redirect_uri: redirectUri(),
    scope: SCOPE,
    state: flow.state,
    code_challenge: base64url(new Uint8Array(hash)),
    code_challenge_method: 'S256',
    ui_locales: language,
  });
}

/**
 * Retries a few times: a navigation to a service without room would show the bare error response.
 */
async function discovery() {
  for (let attempt = 1; ; attempt++) {
    const response = await fetch('/.well-known/openid-configuration', { credentials: 'omit', signal: AbortSignal.timeout(PATIENCE_MS) })
      .catch(() => new Response(null, { status: 503 }));
    if (response.ok) return response.json();
    if (!isPassing(response) || attempt === TRIES) throw await failed(response);
    await sleep(500 * attempt + Math.random() * 500);
  }
}

/**
 * Leaves this page; fails if the sign-in service does not answer. The shop has one address of its own, and a sign-in from another one (127.0.0.1)
 * is refused, so it begins there.
 */
export async function signIn(returnTo = location.pathname + location.search) {
  const home = new URL((await discovery()).issuer).origin;
  if (home !== location.origin) {
    location.assign(`${home}${returnTo}#sign-in`);
  } else {
    const flow = await newFlow(returnTo);
    location.assign(`/oauth2/authorize?${await authorization(flow)}`);
  }
  return new Promise(() => {});
}

/** Whether the customer comes from another address of the shop to sign in. */
export const wantsToSignIn = () => location.hash === '#sign-in';

const isOurs = path => path?.startsWith('/') && new URL(path, location.origin).origin === location.origin;

/** Turns the code in the address into a session; returns where the customer came from. */
export async function finishSignIn(whileBusy) {
  const answer = new URLSearchParams(location.search);
  const flow = flows().find(one => one.state === answer.get('state'));
  const returnTo = isOurs(flow?.returnTo) ? flow.returnTo : '/';
  const fail = text => Object.assign(new Error(text), { returnTo });
  if (!flow) throw Object.assign(fail(messages.signIn.unknown), { canBeginAnew: true });
  if (answer.get('error')) throw fail(answer.get('error_description') || messages.signIn.refused);
  for (let attempt = 1; ; attempt++) {
    try {
      const tokens = await exchange(answer.get('code') ?? '', flow);
      clearOthers(subject(tokens.access_token));
      keep(tokens);
      return returnTo;
    } catch (failure) {
      // the page was reloaded: its code is used up, and did its work
      if (failure.status === 400 && tokenAtHand()) return returnTo;
      // or the code was used and its answer was lost, or it has ended meanwhile
      if (failure.status === 400) throw Object.assign(fail(messages.signIn.failed), { canBeginAnew: true });
      if (attempt === TRIES || (failure.status && ![429, 502, 503, 504].includes(failure.status))) throw fail(messages.signIn.failed);
      whileBusy();
      await sleep((failure.retryAfterMs ?? 1000) + Math.random() * 1000);
    }
  }
}

// ---- signing out ---------------------------------------------------------------------------------------------------------

/** Removes the data of other customers: it is of no use to the next person. */
function clearOthers(id) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(CUSTOMER) && !key.startsWith(`${CUSTOMER}${id}:`)) localStorage.removeItem(key);
  }
}

/** Forgets everything that the browser keeps of a customer, in all tabs. */
export function forget() {
  localStorage.removeItem(SESSION);
  localStorage.removeItem(FLOWS);
  document.cookie = `${MARK}=; path=/; max-age=0; SameSite=Strict`;
  clearOthers(null);
  sessionStorage.clear();
  tell();
}

/**
 * Signs out here at once, then ends the session of the sign-in service (OpenID Connect RP-Initiated Logout) and leaves for the
 * home page. Where the service wants to ask first, it does so itself. False if the service does not answer.
 */
export async function signOut() {
  const kept = read();
  forget();
  try {
    const endpoint = new URL((await discovery()).end_session_endpoint).pathname;
    const parameters = new URLSearchParams({
      ...(kept?.idToken && { id_token_hint: kept.idToken }), client_id: CLIENT, post_logout_redirect_uri: `${location.origin}/`,
      ui_locales: language,
    });
    const response = await fetch(endpoint, {
      method: 'POST', credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS), body: parameters,
    });
    if (isPassing(response)) return false;
    if (kept?.refreshToken) await revoke(kept.refreshToken);
    location.assign(response.ok && new URL(response.url).pathname === '/' ? '/' : `${endpoint}?${parameters}`);
    return true;
  } catch (noAnswer) {
    return false;
  }
}

/**
 * A refresh token that stays behind is of no use to any client: the sign-out does not wait for the
 * revocation.
 */
const revoke = refreshToken => fetch('/oauth2/revoke', {
  method: 'POST', credentials: 'omit', keepalive: true, signal: AbortSignal.timeout(PATIENCE_MS),
  body: new URLSearchParams({ client_id: CLIENT, token: refreshToken, token_type_hint: 'refresh_token' }),
}).catch(() => {});

// ---- all tabs, all the time ----------------------------------------------------------------------------------------------

const listeners = new Set();
let timer = null;
let calmAt = null;

/** Calls back when a customer signs in or out, or the session ends, in any tab. */
export const onSession = listener => listeners.add(listener);
const tell = () => { for (const listener of listeners) listener(customer()); };

/** Renews well before this time of the server or well after it, not in the rush. */
export function keepCalmAround(instant) {
  calmAt = instant;
  plan();
}

function renewalTime({ renewAt, expiresAt, life }) {
  if (calmAt === null || life < CALM_BEFORE_MS + CALM_AFTER_MS + SPREAD_MS) return renewAt;
  const opening = calmAt - now() + Date.now();
  const from = opening - CALM_BEFORE_MS;
  const to = opening + CALM_AFTER_MS;
  if (expiresAt < from || renewAt < from || renewAt > to) return renewAt;
  if (Date.now() < from) return from - Math.random() * Math.min(SPREAD_MS, from - Date.now());
  return expiresAt < to + 2 * SPARE_MS ? Date.now() : to + Math.random() * CALM_BEFORE_MS;
}

function plan() {
  clearTimeout(timer);
  const kept = read();
  if (!kept || kept.ended) return;
  timer = setTimeout(async () => {
    try {
      await renew(kept.accessToken);
      plan();
    } catch (passing) {
      timer = setTimeout(plan, RETRY_MS + Math.random() * RETRY_MS);
    }
  }, Math.max(0, renewalTime(kept) - Date.now()));
}

addEventListener('storage', event => {
  if (event.key !== SESSION && event.key !== null) return;
  plan();
  tell();
});
addEventListener('pageshow', event => { if (event.persisted) { plan(); tell(); } });
plan();
