import { useRef, useState } from "preact/hooks";

import { Refusal, said } from "../ask";
import { markReady, short, startPicking, weigh } from "./desk";
import type { Line, Order } from "./types";

const STATES: Record<string, string> = {
  PAID: "待拣货",
  PICKING: "拣货中",
  READY: "待取货",
  COLLECTED: "已取货",
  NO_SHOW: "未取货",
};

interface Props {
  order: Order;
  changed: () => Promise<void>;
}

/** An order, and what is to be done with it next. */
export function OrderCard({ order, changed }: Props) {
  const [isBusy, setBusy] = useState(false);
  const [notice, setNotice] = useState<string>();

  /** Whether the shop answered, even by a refusal; false: nobody knows whether it was done. */
  async function act(what: () => Promise<unknown>): Promise<boolean> {
    let isAnswered = true;
    setBusy(true);
    try {
      await what();
      setNotice(undefined);
    } catch (error) {
      isAnswered = error instanceof Refusal;
      setNotice(said(error));
    }
    await changed().catch((error: unknown) => setNotice(said(error)));
    setBusy(false);
    return isAnswered;
  }

  return (
    <section class="card order" aria-label={`订单 ${order.number}`} data-status={order.status}>
      <p class="order-head">
        <b>…{order.number.slice(-6)}</b>
        <span class="state">{STATES[order.status] ?? order.status}</span>
      </p>
      {notice && (
        <p class="notice" role="alert">
          {notice}
        </p>
      )}
      {order.refundGranted.fen > 0 && <p class="refund">退顾客 ¥{order.refundGranted.amount}</p>}
      <ul>
        {order.lines.map((line) => (
          <Packing key={line.id} line={line} isPicking={order.status === "PICKING"} isBusy={isBusy} act={act} />
        ))}
      </ul>
      {order.status === "PAID" && (
        <button type="button" class="go wide" disabled={isBusy} onClick={() => void act(() => startPicking(order.id))}>
          开始拣货
        </button>
      )}
      {order.status === "PICKING" && (
        <button type="button" class="go wide" disabled={isBusy} onClick={() => void act(() => markReady(order.id))}>
          备货完成
        </button>
      )}
    </section>
  );
}

interface PackingProps {
  line: Line;
  isPicking: boolean;
  isBusy: boolean;
  act: (what: () => Promise<unknown>) => Promise<boolean>;
}

/** A line: its lots, its weight where it is weighed, and what is missing of it. */
function Packing({ line, isPicking, isBusy, act }: PackingProps) {
  const [grams, setGrams] = useState("");
  const key = useRef(crypto.randomUUID()); // of the next shortage: a lost answer is asked for again by it
  const left = line.quantity - line.shortQuantity;
  const ceiling = Math.floor(((line.nominalGrams ?? 0) * left) / line.quantity); // what was paid for of what is left

  async function shorten() {
    if (await act(() => short(key.current, line.id, 1, "门店缺货"))) {
      key.current = crypto.randomUUID();
    }
  }

  return (
    <li class="line packing">
      <span>
        {line.name} <small class="quiet">{line.spec}</small>
        {line.lots.map(({ lot, quantity }) => (
          <small class="quiet" key={lot.lotCode}>
            批次 {lot.lotCode} × {quantity}
          </small>
        ))}
        {line.weighedGrams !== null && (
          <small>
            上限 {ceiling}g，实重 <b>{line.weighedGrams}g</b>
            {isPicking && line.weighedGrams < ceiling && `，少 ${ceiling - line.weighedGrams}g 的差价备货完成时退`}
          </small>
        )}
        {line.shortQuantity > 0 && <small class="problem">缺 {line.shortQuantity} 件</small>}
      </span>
      <b>× {left}</b>
      {isPicking && left > 0 ? (
        <button type="button" disabled={isBusy} onClick={() => void shorten()}>
          缺一件
        </button>
      ) : (
        <span />
      )}
      {isPicking && line.nominalGrams !== null && left > 0 && (
        <form
          class="weigh"
          onSubmit={(event) => {
            event.preventDefault();
            void act(() => weigh(line.id, Number(grams)));
          }}
        >
          <input
            aria-label={`${line.name}的实重（克）`}
            inputMode="numeric"
            pattern="[0-9]{1,6}"
            placeholder={`实重（克），上限 ${ceiling}`}
            required
            value={grams}
            onInput={({ currentTarget }) => setGrams(currentTarget.value)}
          />
          <button type="submit" disabled={isBusy}>
            记重
          </button>
        </form>
      )}
    </li>
  );
}
