import { date, time } from "../time";
import type { Lot } from "./types";
import { stage } from "./words";

/** The way of the lot a customer would get now, from the field to the shelf. */
export function Journey({ lot }: { lot: Lot | null }) {
  return (
    <section class="card" aria-labelledby="journey">
      <h2 id="journey">从田间到货架</h2>
      {lot ? (
        <>
          <dl class="facts">
            <dt>批次</dt>
            <dd>{lot.lotCode}</dd>
            <dt>生产者</dt>
            <dd>
              {lot.producer.name}（{lot.producer.province}
              {lot.producer.city}）
            </dd>
            {lot.harvestedOn && (
              <>
                <dt>采收</dt>
                <dd>{date(lot.harvestedOn)}</dd>
              </>
            )}
            <dt>到期</dt>
            <dd>
              {date(lot.expiresOn)}，还剩{lot.daysLeft}天
            </dd>
          </dl>
          {lot.producer.story && <blockquote>{lot.producer.story}</blockquote>}
          <ol class="journey">
            {lot.events.map((event) => (
              <li key={event.id} class={event.temperature?.hasAlarm ? "alarm" : ""}>
                <p>
                  <b>{stage(event)}</b>
                  <time dateTime={event.eventTime}>
                    {date(event.eventTime)} {time(event.eventTime)}
                  </time>
                </p>
                {event.place && <p class="quiet">{[event.place.name, event.place.city].filter(Boolean).join(" · ")}</p>}
                {event.temperature && (
                  <p class="temperature">
                    {event.temperature.minC !== null && event.temperature.maxC !== null && (
                      <span>
                        {Number(event.temperature.minC)}~{Number(event.temperature.maxC)}°C
                      </span>
                    )}
                    {event.temperature.hasAlarm ? <strong>超温报警</strong> : <span>未超温</span>}
                  </p>
                )}
              </li>
            ))}
          </ol>
        </>
      ) : (
        <p class="quiet">现在没有在售的批次，到货后可以看到它的全程。</p>
      )}
    </section>
  );
}
