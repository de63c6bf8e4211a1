import { useEffect, useRef, useState } from "preact/hooks";

import { Refusal, said } from "../ask";
import { date, day, left, time } from "../time";
import { placeOrder, releaseCheckout } from "./buyer";
import type { Checkout as Held } from "./types";

interface Props {
  held: Held;
  back: (notice?: string) => void;
  placed: (orderId: string) => void;
}

/** What is held, at which price, and for how long by the shop's clock. */
export function Checkout({ held, back, placed }: Props) {
  const key = useRef(crypto.randomUUID()); // of this purchase: trying again makes no second order
  const [rest, setRest] = useState(() => left(held.endsAt));
  const [asksForReturns, setAsks] = useState(false);
  const [confirms, setConfirms] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [notice, setNotice] = useState<string>();

  useEffect(() => {
    const ticking = setInterval(() => setRest(left(held.endsAt)), 1000);
    return () => clearInterval(ticking);
  }, [held.endsAt]);

  async function place() {
    setBusy(true);
    try {
      placed(await placeOrder(held.quote, confirms, key.current));
    } catch (error) {
      if (error instanceof Refusal && error.type === "ReturnExceptionUnconfirmed") {
        setAsks(true);
        setNotice(error.message);
      } else if (error instanceof Refusal) {
        back(error.message); // the price moved, something is gone, the time is over: the cart shows what is
        return;
      } else {
        setNotice(said(error));
      }
      setBusy(false);
    }
  }

  async function giveUp() {
    setBusy(true);
    await releaseCheckout(held.quote).catch(() => undefined); // it ends by itself too
    back();
  }

  return (
    <main class="basket">
      <h1>确认订单</h1>
      <p class="promise" role="timer">
        {rest ? `已为您保留 ${rest}` : "保留时间已过，下单时会重新确认"}
      </p>
      {notice && (
        <p class="notice" role="alert">
          {notice}
        </p>
      )}
      <section class="card">
        <p>
          <b>
            {day(held.pickupSlot.startsAt)} {time(held.pickupSlot.startsAt)}–{time(held.pickupSlot.endsAt)}
          </b>
        </p>
        <p class="quiet">
          {held.pickupPoint.name} · {held.pickupPoint.address}
        </p>
      </section>
      <ul class="card lines">
        {held.lines.map((line) => (
          <li class="line" key={`${line.sku.id}${line.isGift}`}>
            <span>
              {line.isGift && "赠 "}
              {line.sku.product.name} <small class="quiet">{line.sku.spec}</small>
              {line.lots.map((lot) => (
                <small class="quiet" key={lot.lotCode}>
                  批次 {lot.lotCode}，{date(lot.expiresOn)}到期
                </small>
              ))}
            </span>
            <span>× {line.quantity}</span>
            <span class="sum">¥{line.total.amount}</span>
          </li>
        ))}
        {held.discount.fen > 0 && (
          <li class="line">
            <span>优惠</span>
            <span />
            <span class="sum">−¥{held.discount.amount}</span>
          </li>
        )}
      </ul>
      {asksForReturns && (
        <label class="card confirm">
          <input type="checkbox" checked={confirms} onChange={({ currentTarget }) => setConfirms(currentTarget.checked)} />
          我已知晓：所购商品不支持七天无理由退货
        </label>
      )}
      <footer class="bar">
        <button type="button" disabled={isBusy} onClick={() => void giveUp()}>
          不买了
        </button>
        <button type="button" class="go" disabled={isBusy || (asksForReturns && !confirms)} onClick={() => void place()}>
          提交订单 ¥{held.total.amount}
        </button>
      </footer>
    </main>
  );
}
