import { useEffect, useState } from "preact/hooks";

import { said } from "../ask";
import { Qr } from "../Qr";
import { day, left, time } from "../time";
import { cancel, forgetOrder, order as readOrder, pay, watchOrders } from "./buyer";
import type { Order, OrderLine } from "./types";

const EVERY = 10_000; // milliseconds between two looks at an order that goes on: what no socket told is seen then
const STATES: Record<string, string> = {
  PENDING_PAYMENT: "待付款",
  PAID: "已付款，等待备货",
  PICKING: "正在备货",
  READY: "已备好，请来自提",
  COLLECTED: "已取货",
  CANCELLED: "已取消",
  EXPIRED: "超时未付，已关闭",
  NO_SHOW: "未按时自提",
};
const OVER = new Set(["COLLECTED", "CANCELLED", "EXPIRED"]);
const CODED = new Set(["PAID", "PICKING", "READY", "NO_SHOW"]);

/** An order as it goes on: to be paid, then with its pickup code, then collected. */
export function Receipt({ orderId, again }: { orderId: string; again: () => void }) {
  const [order, setOrder] = useState<Order | null>();
  const [isBusy, setBusy] = useState(false);
  const [notice, setNotice] = useState<string>();

  async function look() {
    try {
      setOrder(await readOrder(orderId));
    } catch (error) {
      setNotice(said(error));
    }
  }

  async function act(what: (id: string) => Promise<void>) {
    setBusy(true);
    try {
      await what(orderId);
      setNotice(undefined);
    } catch (error) {
      setNotice(said(error));
    }
    await look();
    setBusy(false);
  }

  function leave() {
    forgetOrder();
    again();
  }

  useEffect(() => void look(), [orderId]);
  const goesOn = order && !OVER.has(order.status);
  useEffect(() => {
    if (!goesOn) {
      return;
    }
    const stop = watchOrders(() => void look());
    const looking = setInterval(() => void look(), EVERY);
    return () => {
      stop();
      clearInterval(looking);
    };
  }, [goesOn]);

  if (order === undefined) {
    return <main class="basket">{notice ? <p class="notice" role="alert">{notice}</p> : <p>正在加载…</p>}</main>;
  }
  return (
    <main class="basket receipt">
      <h1 aria-live="polite">{order ? (STATES[order.status] ?? order.status) : "没有找到这个订单"}</h1>
      {notice && (
        <p class="notice" role="alert">
          {notice}
        </p>
      )}
      {order && <Details order={order} />}
      <footer class="bar">
        {order?.status === "PENDING_PAYMENT" ? (
          <>
            <button type="button" disabled={isBusy} onClick={() => void act(cancel)}>
              取消订单
            </button>
            <button type="button" class="go" disabled={isBusy} onClick={() => void act(pay)}>
              付款 ¥{order.total.amount}
            </button>
          </>
        ) : (
          <button type="button" class="go" onClick={leave}>
            再买一单
          </button>
        )}
      </footer>
    </main>
  );
}

/** Until when to pay, by the shop's clock. */
function Deadline({ payBy }: { payBy: string }) {
  const [rest, setRest] = useState(() => left(payBy));
  useEffect(() => {
    const ticking = setInterval(() => setRest(left(payBy)), 1000);
    return () => clearInterval(ticking);
  }, [payBy]);
  return (
    <p class="promise" role="timer">
      {rest ? `请在 ${rest} 内付款` : "付款时间已过"}
    </p>
  );
}

function Details({ order }: { order: Order }) {
  return (
    <>
      {order.status === "PENDING_PAYMENT" && <Deadline payBy={order.payBy} />}
      {order.pickupCode && CODED.has(order.status) && (
        <section class="card pickup-code">
          <p class="quiet">取货码</p>
          <p class="code">
            {order.pickupCode.slice(0, 4)} {order.pickupCode.slice(4)}
          </p>
          <Qr text={order.pickupCode} label={`取货码 ${order.pickupCode}`} />
        </section>
      )}
      <section class="card">
        <p>
          <b>
            {day(order.pickupSlot.startsAt)} {time(order.pickupSlot.startsAt)}–{time(order.pickupSlot.endsAt)}
          </b>
        </p>
        <p class="quiet">
          {order.pickupPoint.name} · {order.pickupPoint.address}
        </p>
        <p class="quiet">订单号 {order.number}</p>
      </section>
      <ul class="card lines">
        {order.lines.map((line) => (
          <Line key={line.id} line={line} />
        ))}
        <li class="line">
          <b>合计</b>
          <span />
          <span class="sum">¥{order.total.amount}</span>
        </li>
        {order.refundGranted.fen > 0 && (
          <li class="line">
            <span>已退</span>
            <span />
            <span class="sum">¥{order.refundGranted.amount}</span>
          </li>
        )}
      </ul>
    </>
  );
}

function Line({ line }: { line: OrderLine }) {
  return (
    <li class="line">
      <span>
        {line.isGift && "赠 "}
        {line.name} <small class="quiet">{line.spec}</small>
        {line.weighedGrams !== null && (
          <small class="quiet">
            标称 {line.nominalGrams}g，实重 {line.weighedGrams}g
            {line.refundGranted.fen > 0 && `，退 ¥${line.refundGranted.amount}`}
          </small>
        )}
        {line.shortQuantity > 0 && <small class="problem">缺 {line.shortQuantity} 件，已退款</small>}
      </span>
      <span>× {line.quantity}</span>
      <span class="sum">¥{line.total.amount}</span>
    </li>
  );
}
