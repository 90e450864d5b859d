// Sign-in by authorization code and PKCE (RFC 7636). The token lives as long as the tab.
const CLIENT = 'storefront';
const TOKEN = 'session:token';
const FLOW = 'session:flow';
const redirectUri = () => `${location.origin}/callback.html`;

const base64url = bytes =>
  btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));

export function accessToken() {
  const kept = JSON.parse(sessionStorage.getItem(TOKEN) ?? 'null');
  if (!kept || kept.expiresAt <= Date.now()) return null;
  return kept.accessToken;
}

export const forget = () => sessionStorage.removeItem(TOKEN);

/** Leaves this page; does not return. */
export async function signIn(returnTo = location.pathname + location.search) {
  const flow = { state: random(), verifier: random(), returnTo };
  sessionStorage.setItem(FLOW, JSON.stringify(flow));
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(flow.verifier));
  location.assign('/oauth2/authorize?' + new URLSearchParams({
    response_type: 'code',
    client_id: CLIENT,
    redirect_uri: redirectUri(),
    scope: 'openid shop',
    state: flow.state,
    code_challenge: base64url(new Uint8Array(hash)),
    code_challenge_method: 'S256',
  }));
  return new Promise(() => {});
}

/** Turns the code in the address into a token; returns where the customer came from. */
export async function finishSignIn() {
  const flow = JSON.parse(sessionStorage.getItem(FLOW) ?? 'null');
  const answer = new URLSearchParams(location.search);
  sessionStorage.removeItem(FLOW);
  if (answer.get('error')) throw new Error(answer.get('error_description') || 'You have not been signed in.');
  if (!flow || answer.get('state') !== flow.state) throw new Error('This sign-in was not begun in this tab. Please try again.');
  const response = await fetch('/oauth2/token', {
    method: 'POST',
    credentials: 'omit',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CLIENT,
      code: answer.get('code') ?? '',
      redirect_uri: redirectUri(),
      code_verifier: flow.verifier,
    }),
  });
  if (!response.ok) throw new Error('The sign-in could not be completed. Please try again.');
  const token = await response.json();
  sessionStorage.setItem(TOKEN, JSON.stringify({
    accessToken: token.access_token,
    expiresAt: Date.now() + (token.expires_in - 10) * 1000,
  }));
  return flow.returnTo?.startsWith('/') && !flow.returnTo.startsWith('//') ? flow.returnTo : '/';
}
