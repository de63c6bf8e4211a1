import { useRef, useState } from "preact/hooks";

import { Refusal, said } from "../ask";
import { time } from "../time";
import { handOver } from "./desk";
import { Scanner } from "./Scanner";
import type { HandedOver } from "./types";

const LENGTH = 8;
const clean = (text: string) => text.toUpperCase().replace(/[^0-9A-Z]/g, "");

/** The counter: a code, typed or from the customer's phone, hands one order over once. */
export function HandOver({ pointId, done }: { pointId: string; done: () => void }) {
  const [code, setCode] = useState("");
  const [isScanning, setScanning] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [handed, setHanded] = useState<HandedOver>();
  const [notice, setNotice] = useState<string>();
  const attempt = useRef({ code: "", key: "" });

  async function hand(given: string) {
    const wanted = clean(given);
    if (attempt.current.code !== wanted) {
      attempt.current = { code: wanted, key: crypto.randomUUID() }; // the same code again is the same attempt
    }
    setBusy(true);
    setScanning(false);
    setHanded(undefined);
    try {
      setHanded(await handOver(attempt.current.key, pointId, wanted));
      setNotice(undefined);
      setCode("");
      attempt.current = { code: "", key: "" };
      done();
    } catch (error) {
      const until = error instanceof Refusal ? error.facts.until : undefined;
      setNotice(typeof until === "string" ? `${said(error)}（${time(until)}后再试）` : said(error));
    }
    setBusy(false);
  }

  return (
    <section class="card hand-over" aria-labelledby="hand">
      <h2 id="hand">取货</h2>
      <form
        class="weigh"
        onSubmit={(event) => {
          event.preventDefault();
          void hand(code);
        }}
      >
        <input
          aria-label="取货码"
          placeholder="8 位取货码"
          autocapitalize="characters"
          autocomplete="off"
          spellcheck={false}
          maxLength={16}
          value={code}
          onInput={({ currentTarget }) => setCode(currentTarget.value)}
        />
        <button type="submit" class="go" disabled={isBusy || clean(code).length !== LENGTH}>
          交货
        </button>
        <button type="button" aria-pressed={isScanning} onClick={() => setScanning(!isScanning)}>
          扫码
        </button>
      </form>
      {isScanning && <Scanner found={(text) => void hand(text)} />}
      {notice && (
        <p class="notice" role="alert">
          {notice}
        </p>
      )}
      {handed && (
        <div class="handed" role="status">
          <b>已交货 …{handed.number.slice(-6)}</b>
          <ul>
            {handed.lines.map((line) => (
              <li key={line.id}>
                {line.name} {line.spec} × {line.quantity - line.shortQuantity}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
