// Which member of staff is signed in, in memory alone: a reload forgets it, and nothing of it is ever stored.

import { given } from "./given";

const ENDPOINT = "/graphql";
/** Registered documents by name, as the server writes them into each page for staff. */
const { operations } = given<{ operations: Record<string, { id: string }> }>();

export interface Person {
  name: string;
  roles: string[];
  /** The points she serves; of a pasted token nobody knows them. */
  points: { id: string; name: string }[];
  until: Date;
  /** Whether it is longer for one who goes on working. */
  renews: boolean;
  mustChangePassword: boolean;
}

interface Signed {
  person: Person;
  token: string;
  refresh: string | null; // a pasted token has none
}

export interface State {
  person: Person | null;
  /** Why the last attempt did not work, or that the session is over. */
  notice: string | null;
}

interface Granted {
  accessToken: string;
  refreshToken: string;
  refreshExpiresAt: string;
}

interface Member {
  name: string;
  roles: string[];
  mustChangePassword: boolean;
  pickupPoints: Person["points"];
}

interface Answer {
  data?: Record<string, Record<string, unknown>>;
  errors?: { message: string }[];
}

let signed: Signed | null = null;
let refreshing: Promise<boolean> | null = null;
let state: State = { person: null, notice: null };
const listeners = new Set<() => void>();

function become(next: Signed | null, notice: string | null = null): void {
  signed = next;
  state = { person: next?.person ?? null, notice };
  for (const each of listeners) each();
}

export function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const current = (): State => state;

/** `given`, with the bearer of whoever is signed in unless it has one. */
export function signedHeaders(given: Record<string, string> = {}): Record<string, string> {
  const hasOne = Object.keys(given).some((name) => name.toLowerCase() === "authorization");
  return hasOne || !signed ? given : { ...given, Authorization: `Bearer ${signed.token}` };
}

/** The result of a registered mutation's one field. Throws what the page shows. */
async function send(
  name: string,
  input: unknown,
  headers: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  return post({ documentId: operations[name]?.id, variables: input === undefined ? {} : { input } }, headers);
}

async function post(asked: unknown, headers: Record<string, string>): Promise<Record<string, unknown>> {
  const answer = await fetch(ENDPOINT, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", ...headers },
    body: JSON.stringify(asked),
  });
  const { data, errors }: Answer = await answer.json();
  const found = data && Object.values(data)[0];
  if (!found) throw new Error(errors?.[0]?.message ?? `The server answered ${answer.status}.`);
  if (typeof found.message === "string") throw new Error(found.message);
  return found;
}

/** `deviceLabel`: what this page is called among her sign-ins. */
export async function signIn(username: string, password: string, totp: string, deviceLabel: string): Promise<void> {
  try {
    const found = await send("StaffSignIn", { username, password, totp, deviceLabel });
    const { accessToken, refreshToken, refreshExpiresAt } = found as unknown as Granted;
    const { pickupPoints, ...member } = found.staffMember as Member;
    const person = { ...member, points: pickupPoints, until: new Date(refreshExpiresAt), renews: true };
    become({ person, token: accessToken, refresh: refreshToken });
  } catch (refused) {
    become(null, (refused as Error).message);
  }
}

/** Acts by a token that was printed elsewhere, if the server takes it. */
export async function use(token: string): Promise<void> {
  const person = read(token);
  try {
    if (!person) throw new Error("This is no token: one begins with yg2.");
    await post({ query: "{ __schema { queryType { name } } }" }, { Authorization: `Bearer ${token}` });
    become({ person, token, refresh: null });
  } catch (refused) {
    become(null, (refused as Error).message);
  }
}

/** Whom a token speaks for, as it says itself (app/kit/tokens.py); the server alone can tell whether it holds. */
function read(token: string): Person | null {
  const claims = /^yg2\.[^.]+\.([\w-]+)\.[\w-]+$/.exec(token)?.[1];
  if (!claims) return null;
  try {
    const [kind, id, expires, scopes] = JSON.parse(atob(claims.replace(/-/g, "+").replace(/_/g, "/")));
    const until = new Date(expires * 1000);
    return { name: `${kind} ${id}`, roles: scopes, points: [], until, renews: false, mustChangePassword: false };
  } catch {
    return null;
  }
}

export async function signOut(): Promise<void> {
  let notice = null;
  try {
    // a pasted token belongs to no sign-in that could end
    if (signed?.refresh) await send("StaffSignOut", undefined, { Authorization: `Bearer ${signed.token}` });
  } catch (refused) {
    notice = `Forgotten here; the server said: ${(refused as Error).message}`;
  }
  become(null, notice);
}

/** The next tokens; false, and signed out, when there are none. Asked once however many requests wait for it. */
function refreshed(): Promise<boolean> {
  refreshing ??= renew().finally(() => (refreshing = null));
  return refreshing;
}

async function renew(): Promise<boolean> {
  const before = signed;
  if (!before) return false;
  try {
    if (!before.refresh) throw new Error("This token is over: paste another.");
    const { accessToken, refreshToken, refreshExpiresAt } = (await send("StaffSessionRefresh", {
      refreshToken: before.refresh,
    })) as unknown as Granted;
    if (signed !== before) return false; // signed out meanwhile
    const person = { ...before.person, until: new Date(refreshExpiresAt) };
    become({ person, token: accessToken, refresh: refreshToken });
    return true;
  } catch (refused) {
    if (signed === before) become(null, (refused as Error).message);
    return false;
  }
}

/** `fetch` as whoever is signed in. An access token that is over is renewed, and the request sent once more. */
export async function fetchSigned(url: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const given = init.headers as Record<string, string> | undefined; // GraphiQL's fetcher gives no other form
  const headers = signedHeaders(given);
  const first = await fetch(url, { ...init, headers });
  if (first.status !== 401 || headers === given || !signed || !(await refreshed())) return first;
  return fetch(url, { ...init, headers: signedHeaders(given) });
}

/** The bearer of whoever is signed in; null: nobody is. */
export const bearer = (): string | null => signed?.token ?? null;

/** Gets the next tokens; signed out when there are none. For who sends requests by a client of its own. */
export const renewed = async (): Promise<void> => void (await refreshed());

/** Before a socket opens: renews a token that is over, which a socket could not tell from a refusal. */
export async function settle(): Promise<void> {
  if (!signed) return;
  const body = JSON.stringify({ query: "{ __typename }" });
  await fetchSigned(ENDPOINT, { method: "POST", headers: { "Content-Type": "application/json" }, body });
}
