// Times as the shop's customers say them. The clock is the shop's: the phone's may be wrong.

const ZONE = "Asia/Shanghai";
const DAY = 24 * 3600 * 1000;
const OFFSET = 8 * 3600 * 1000; // Shanghai has had no summer time since 1991

let ahead = 0; // of the page's own clock, in milliseconds

/** Sets the clock to the shop's time. */
export function setClock(now: string): void {
  ahead = Date.parse(now) - performance.now();
}

/** The shop's time now, in milliseconds. It runs on even when the phone's clock is changed. */
export function now(): number {
  return performance.now() + ahead;
}

const dayAndMonth = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, month: "numeric", day: "numeric" });
const weekday = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, weekday: "short" });
const clock = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hour12: false });

function businessDay(moment: number): number {
  return Math.floor((moment + OFFSET) / DAY);
}

/** 11月20日 */
export function date(text: string): string {
  const parts = dayAndMonth.formatToParts(new Date(text));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return `${of("month")}月${of("day")}日`;
}

/** 22:00 */
export function time(text: string): string {
  return clock.format(new Date(text));
}

/** 今天, 明天, 后天 or 11月23日 */
export function day(text: string): string {
  const away = businessDay(Date.parse(text)) - businessDay(now());
  return ["今天", "明天", "后天"][away] ?? date(text);
}

/** 周六 */
export function weekdayOf(text: string): string {
  return weekday.format(new Date(text));
}

/** 今晚, 明早, 明天中午 ... */
export function partOfDay(text: string): string {
  const hour = Number(time(text).slice(0, 2));
  const [short, long] =
    hour < 11 ? ["早", "早上"] : hour < 14 ? ["", "中午"] : hour < 17 ? ["", "下午"] : ["晚", "晚上"];
  const when = day(text);
  return short && (when === "今天" || when === "明天") ? `${when[0]}${short}` : `${when}${long}`;
}

/** 今晚22:00前下单，明晚自提 */
export function promise(slot: { cutoffAt: string; startsAt: string }): string {
  return `${partOfDay(slot.cutoffAt)}${time(slot.cutoffAt)}前下单，${partOfDay(slot.startsAt)}自提`;
}

/** 3天 01:02:03 until then; null once it is over. */
export function left(until: string): string | null {
  const seconds = Math.floor((Date.parse(until) - now()) / 1000);
  if (seconds <= 0) {
    return null;
  }
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const days = Math.floor(seconds / 86400);
  const rest = `${two((seconds / 3600) % 24)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`;
  return days ? `${days}天 ${rest}` : rest;
}

/** 2026-11-25: the business day a moment falls on. */
export function businessDate(moment: number): string {
  return new Date(moment + OFFSET).toISOString().slice(0, 10);
}
