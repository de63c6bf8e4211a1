// What a clerk does at her pickup point, by the staff's registered documents.
import { asking } from "../ask";
import { bearer, renewed } from "../session";
import type { HandedOver, Order, Pick, Slot } from "./types";

const { read, write, watch } = asking({ token: bearer, refresh: renewed });
const MOST = 20; // orders of a page: it asks much of each, and a request may cost only so much

/** The slots of a business day, 2026-11-25. */
export const slotsOn = async (pickupPointId: string, on: string) =>
  (await read<{ slotsOn: Slot[] }>("SlotsOn", { pickupPointId, on })).slotsOn;

export const pickList = async (pickupPointId: string, slotId: string) =>
  (await read<{ pickList: Pick[] }>("PickList", { pickupPointId, slotId })).pickList;

interface Page {
  pickupOrders: { nodes: Order[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };
}

/** Every order of a slot that has something left to do, or was handed over, page by page. */
export async function ordersOf(pickupPointId: string, slotId: string): Promise<Order[]> {
  const found: Order[] = [];
  for (let after: string | null = null; ; ) {
    const page: Page["pickupOrders"] = (
      await read<Page>("PickupOrders", { pickupPointId, slotId, first: MOST, after })
    ).pickupOrders;
    found.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) {
      return found;
    }
    after = page.pageInfo.endCursor;
  }
}

/** Hears that orders of the point changed, until the function it answers is called. */
export const watchBoard = (pickupPointId: string, heard: () => void) => watch("PickupBoard", { pickupPointId }, heard);

export const startPicking = (orderId: string) => write("StartPicking", { input: { orderId } });
export const markReady = (orderId: string) => write("MarkReady", { input: { orderId } });
export const weigh = (orderLineId: string, grams: number) => write("RecordWeight", { input: { orderLineId, grams } });

/** Units that cannot be packed; the same key changes nothing twice. */
export const short = (idempotencyKey: string, orderLineId: string, quantity: number, reason: string) =>
  write("ShortPick", { input: { idempotencyKey, orderLineId, quantity, writesOff: false, reason } });

/** Hands an order over by what the customer shows; a lost answer is asked for again by the same key. */
export const handOver = (idempotencyKey: string, pickupPointId: string, pickupCode: string) =>
  write<HandedOver>("HandOver", { input: { idempotencyKey, pickupPointId, pickupCode } });
