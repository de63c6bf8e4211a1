// The schema's closed lists in a shopper's words.

export const STORAGE = { AMBIENT: "常温", CHILLED: "冷藏", FROZEN: "冷冻" };

export const RETURNS = {
  FRESH: "坏果包赔",
  STANDARD: "7天无理由退货",
  CONFIRMED_EXCEPTION: "确认后不支持7天无理由退货",
};

const STAGES: Record<string, string> = {
  HARVESTING: "采收",
  COOLING: "预冷",
  PACKING: "包装",
  SHIPPING: "发运",
  RECEIVING: "收货",
  INSPECTING: "检验",
  STORING: "入库上架",
};

export const BASES: Record<string, string> = {
  ENTRUSTED_TEST: "委托检测",
  SELF_TEST: "自我检测",
  INTERNAL_CONTROL: "内部质量控制",
  SELF_COMMITMENT: "自我承诺",
};

export const VERDICTS = { PASS: "合格", FAIL: "不合格" };

/** The step of a journey: on the way differs from sent off. */
export function stage(event: { stage: string; bizStep: string | null }): string {
  return event.bizStep === "transporting" ? "运输途中" : (STAGES[event.stage] ?? event.stage);
}

/** 12 per cent off is said 8.8折: what is left to pay, in tenths. */
export function discount(percentOff: number): string {
  return `${(100 - percentOff) / 10}折`;
}
