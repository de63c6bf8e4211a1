import { useState } from "preact/hooks";

import type { Given } from "./request";
import { date, day, partOfDay, promise, time, weekdayOf } from "../time";
import type { Point, Slot } from "./types";

function byDay(slots: Slot[]): Map<string, Slot[]> {
  const days = new Map<string, Slot[]>();
  for (const slot of slots) {
    const key = date(slot.startsAt);
    days.set(key, [...(days.get(key) ?? []), slot]);
  }
  return days;
}

/** The first evening with room, which suits most customers; else the first slot with room. */
function first(slots: Slot[]): Slot | undefined {
  const open = slots.filter((slot) => slot.remaining > 0);
  return open.find((slot) => partOfDay(slot.startsAt).includes("晚")) ?? open[0];
}

/** Where and when to collect: until when to order for each slot, and how much room is left. */
export function Slots({ point, points }: { point: Point | null; points: Given["points"] }) {
  const slots = point?.openSlots ?? [];
  const days = byDay(slots);
  const [chosen, setChosen] = useState(() => first(slots));
  const [shown, setShown] = useState(() => (chosen ? date(chosen.startsAt) : days.keys().next().value));

  return (
    <section class="card" id="slots" aria-labelledby="pickup">
      <h2 id="pickup">到店自提</h2>
      {chosen && (
        <p class="promise" role="status">
          {promise(chosen)}
        </p>
      )}
      {point && (
        <div class="point">
          <label>
            <span class="unseen">自提点</span>
            <select
              onChange={({ currentTarget: { value } }) => {
                location.search = new URLSearchParams({ pickupPoint: value }).toString(); // the page anew: one request
              }}
            >
              {points.map((each) => (
                <option key={each.id} value={each.id} selected={each.id === point.id}>
                  {each.name}
                </option>
              ))}
            </select>
          </label>
          <p class="quiet">{point.address}</p>
        </div>
      )}
      {days.size > 0 ? (
        <>
          <div class="days" role="group" aria-label="日期">
            {[...days].map(([key, [slot]]) => (
              <button type="button" key={key} aria-pressed={key === shown} onClick={() => setShown(key)}>
                <b>{slot && day(slot.startsAt)}</b>
                <span>{slot && weekdayOf(slot.startsAt)}</span>
              </button>
            ))}
          </div>
          <ul class="slots">
            {(days.get(shown ?? "") ?? []).map((slot) => (
              <li key={slot.id}>
                <button
                  type="button"
                  aria-pressed={slot.id === chosen?.id}
                  disabled={slot.remaining <= 0}
                  onClick={() => setChosen(slot)}
                >
                  <b>
                    {time(slot.startsAt)}–{time(slot.endsAt)}
                  </b>
                  <span>{slot.remaining > 0 ? `余${slot.remaining}` : "约满"}</span>
                  <small>
                    {day(slot.cutoffAt)} {time(slot.cutoffAt)} 截单
                  </small>
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p class="quiet">暂时没有可约的自提时段。</p>
      )}
    </section>
  );
}
