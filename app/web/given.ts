/** What the server wrote into the page (app/http/html.py). */
export function given<T>(): T {
  const text = document.getElementById("given")?.textContent ?? "null";
  return JSON.parse(text) as T;
}
