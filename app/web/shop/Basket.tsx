import { useEffect, useState } from "preact/hooks";

import { said } from "../ask";
import type { Slot } from "../preview/types";
import { day, time } from "../time";
import { cart as readCart, choosePickup, setLine, slots as readSlots } from "./buyer";
import type { Cart, CartLine } from "./types";

interface Props {
  points: { id: string; name: string }[];
  notice?: string;
  isBusy: boolean;
  back: () => void;
  checkOut: (expectedFen: number) => void;
}

/** The cart, with what stands in its way, and where and when it is collected. */
export function Basket({ points, notice: first, isBusy, back, checkOut }: Props) {
  const [cart, setCart] = useState<Cart | null>();
  const [slots, setSlots] = useState<Slot[]>([]);
  const [notice, setNotice] = useState(first);

  async function load() {
    const found = await readCart();
    setCart(found);
    const point = found?.pickupPoint?.id;
    setSlots(point ? await readSlots(point) : []);
  }

  async function change(act: () => Promise<void>) {
    try {
      setNotice(undefined);
      await act();
    } catch (error) {
      setNotice(said(error));
    }
    await load().catch((error: unknown) => setNotice(said(error)));
  }

  useEffect(() => {
    load().catch((error: unknown) => setNotice(said(error)));
  }, []);

  const isEmpty = cart === null || cart?.lines.length === 0;
  const blocks = cart?.problems.filter((each) => !each.skuId) ?? [];
  return (
    <main class="basket">
      <h1>购物车</h1>
      {[notice, ...blocks.map((each) => each.message)].map(
        (text) =>
          text && (
            <p key={text} class="notice" role="alert">
              {text}
            </p>
          ),
      )}
      {isEmpty && <p class="quiet">购物车是空的，先去挑点新鲜的。</p>}
      {cart && !isEmpty && (
        <>
          <ul class="card lines">
            {cart.lines.map((line) => (
              <Line key={line.skuId} line={line} cart={cart} set={(units) => change(() => setLine(line.skuId, units))} />
            ))}
            {cart.gifts.map((gift) => (
              <li key={gift.sku.id} class="line">
                <span>
                  赠 {gift.sku.product.name} {gift.sku.spec}
                </span>
                <span>× {gift.quantity}</span>
              </li>
            ))}
          </ul>
          <section class="card" aria-labelledby="where">
            <h2 id="where">自提</h2>
            <select
              aria-label="自提点"
              value={cart.pickupPoint?.id ?? ""}
              onChange={({ currentTarget: { value } }) => void change(() => choosePickup(value, null))}
            >
              <option value="" disabled>
                选择自提点
              </option>
              {points.map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
            </select>
            <div class="times">
              {slots.map((slot) => (
                <button
                  type="button"
                  key={slot.id}
                  aria-pressed={slot.id === cart.pickupSlot?.id}
                  disabled={slot.remaining <= 0}
                  onClick={() => void change(() => choosePickup(cart.pickupPoint?.id ?? "", slot.id))}
                >
                  {day(slot.startsAt)}{" "}
                  <span class="window">
                    {time(slot.startsAt)}–{time(slot.endsAt)}
                  </span>
                  <small>
                    {slot.remaining > 0 ? `${day(slot.cutoffAt)}${time(slot.cutoffAt)}前下单` : "约满"}
                  </small>
                </button>
              ))}
            </div>
          </section>
        </>
      )}
      <footer class="bar">
        <button type="button" onClick={back}>
          再逛逛
        </button>
        {cart && !isEmpty && (
          <button
            type="button"
            class="go"
            disabled={isBusy || !cart.pickupSlot}
            onClick={() => checkOut(cart.total.fen)}
          >
            {cart.pickupSlot ? `去结算 ¥${cart.total.amount}` : "先选自提时段"}
          </button>
        )}
      </footer>
    </main>
  );
}

function Line({ line, cart, set }: { line: CartLine; cart: Cart; set: (units: number) => void }) {
  const problem = cart.problems.find((each) => each.skuId === line.skuId);
  return (
    <li class="line">
      <span>
        {line.sku?.product.name ?? "已下架的商品"} <small class="quiet">{line.sku?.spec}</small>
        {problem && <small class="problem">{problem.message}</small>}
        {line.isCeiling && <small class="quiet">称重商品，多退少不补</small>}
      </span>
      <span class="stepper">
        <button type="button" aria-label="减一件" onClick={() => set(line.quantity - 1)}>
          −
        </button>
        <b>{line.quantity}</b>
        <button
          type="button"
          aria-label="加一件"
          disabled={line.quantity >= (line.sku?.maxPerOrder ?? 0)}
          onClick={() => set(line.quantity + 1)}
        >
          +
        </button>
      </span>
      <span class="sum">¥{line.total.amount}</span>
    </li>
  );
}
