import { useEffect, useRef, useState } from "preact/hooks";

import { said } from "../ask";
import { businessDate, now, time } from "../time";
import { ordersOf, pickList, slotsOn, watchBoard } from "./desk";
import { HandOver } from "./HandOver";
import { OrderCard } from "./OrderCard";
import type { Order, Pick, Slot } from "./types";

const EVERY = 60_000; // milliseconds between two looks at the day, and at the slot: what no socket told is seen then
const DAY = 24 * 3600 * 1000;
const DAYS = ["今天", "明天"];
const LAST = ["COLLECTED", "NO_SHOW"]; // those with nothing left to do stand behind

/** Looks now and again and again, until the function it answers is called. */
function repeated(look: () => void): () => void {
  look();
  const looking = setInterval(look, EVERY);
  return () => clearInterval(looking);
}

/** One point: the day's slots, the slot's pick list by lot, its orders, and the counter where they are handed over. */
export function Counter({ pointId }: { pointId: string }) {
  const [away, setAway] = useState(0);
  const [slots, setSlots] = useState<Slot[]>([]);
  const [slotId, setSlot] = useState<string>();
  const [picks, setPicks] = useState<Pick[]>([]);
  const [orders, setOrders] = useState<Order[]>([]);
  const [notice, setNotice] = useState<string>();
  const shown = useRef({ away, slotId }); // an answer about what is not shown any more comes too late
  shown.current = { away, slotId };

  async function loadDay() {
    const found = await slotsOn(pointId, businessDate(now() + away * DAY));
    if (shown.current.away !== away) {
      return;
    }
    setSlots(found);
    const next = found.find((slot) => Date.parse(slot.endsAt) > now()) ?? found[0];
    setSlot((before) => (found.some((slot) => slot.id === before) ? before : next?.id));
  }

  async function loadSlot() {
    const [list, all] = slotId ? await Promise.all([pickList(pointId, slotId), ordersOf(pointId, slotId)]) : [[], []];
    if (shown.current.slotId !== slotId) {
      return;
    }
    setPicks(list);
    setOrders([...all].sort((one, other) => Number(LAST.includes(one.status)) - Number(LAST.includes(other.status))));
  }

  const guarded = (load: () => Promise<void>) => () =>
    void load().then(
      () => setNotice(undefined),
      (error: unknown) => setNotice(said(error)),
    );

  const lookDay = guarded(loadDay);
  const lookSlot = guarded(loadSlot);
  const looks = useRef([lookDay, lookSlot]); // at what is shown when the board tells something
  looks.current = [lookDay, lookSlot];

  useEffect(() => repeated(lookDay), [away]);
  useEffect(() => repeated(lookSlot), [slotId]);
  useEffect(() => watchBoard(pointId, () => looks.current.forEach((look) => look())), [pointId]);

  return (
    <>
      <HandOver pointId={pointId} done={lookSlot} />
      {notice && (
        <p class="notice" role="alert">
          {notice}
        </p>
      )}
      <section class="card">
        <div class="days two" role="group" aria-label="日期">
          {DAYS.map((name, index) => (
            <button type="button" key={name} aria-pressed={index === away} onClick={() => setAway(index)}>
              {name}
            </button>
          ))}
        </div>
        <div class="times">
          {slots.map((slot) => (
            <button type="button" key={slot.id} aria-pressed={slot.id === slotId} onClick={() => setSlot(slot.id)}>
              {time(slot.startsAt)}–{time(slot.endsAt)}
              <small>
                {slot.capacity - slot.remaining} / {slot.capacity} 单
              </small>
            </button>
          ))}
        </div>
        {slots.length === 0 && <p class="quiet">这一天没有自提时段。</p>}
      </section>
      <section class="card" aria-labelledby="pick">
        <h2 id="pick">拣货单</h2>
        {picks.length === 0 && <p class="quiet">没有待拣的商品。</p>}
        <ul>
          {picks.map((each) => (
            <li class="line" key={`${each.sku.id}${each.lot.id}`}>
              <span>
                {each.name} <small class="quiet">{each.spec}</small>
              </span>
              <span class="quiet">批次 {each.lot.lotCode}</span>
              <b class="sum">{each.units} 件</b>
            </li>
          ))}
        </ul>
      </section>
      {orders.map((order) => (
        <OrderCard key={order.id} order={order} changed={loadSlot} />
      ))}
    </>
  );
}
