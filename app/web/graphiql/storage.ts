// What GraphiQL keeps in the browser, without request headers: they hold bearer tokens. Its history keeps them
// whatever `shouldPersistHeaders` says.

const HISTORY = /:(queries|favorites)$/;

/** A list of the history, without its headers. */
function withoutHeaders(history: string): string {
  return JSON.stringify(JSON.parse(history), (key, value) => (key === "headers" ? undefined : value));
}

export const storage: Pick<Storage, "getItem" | "setItem" | "removeItem" | "clear" | "length"> = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, value) => localStorage.setItem(key, HISTORY.test(key) ? withoutHeaders(value) : value),
  removeItem: (key) => localStorage.removeItem(key),
  clear: () => localStorage.clear(), // the pages keep nothing else at this address
  get length() {
    return localStorage.length;
  },
};
