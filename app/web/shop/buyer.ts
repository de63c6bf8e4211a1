// Who tries the shop out: a visitor first, a customer from the checkout on. What a reload has to find again is kept in
// this tab: the visitor's cart, the name she is known by to WeChat's stand-in, her order. Tokens are in memory alone.
import { asking } from "../ask";
import type { Slot } from "../preview/types";
import type { Cart, Checkout, Order, ProductPage } from "./types";

interface Session {
  accessToken: string;
  refreshToken: string;
}

let session: Session | null = null;
const { read, write, watch } = asking({ token: () => session?.accessToken ?? null, refresh: renew });

const kept = {
  get: (name: string) => sessionStorage.getItem(`shop.${name}`),
  set: (name: string, value: string | null) =>
    value === null ? sessionStorage.removeItem(`shop.${name}`) : sessionStorage.setItem(`shop.${name}`, value),
};

/** Signs in by a code as wx.login() gives it; WeChat's stand-in takes `demo-` and any name for one. */
async function signIn(): Promise<void> {
  const name = kept.get("name") ?? `demo-${crypto.randomUUID().slice(0, 13)}`;
  kept.set("name", name);
  session = await write<Session>("LoginWithWeChat", { code: name, deviceLabel: "试买页面" });
}

async function renew(): Promise<void> {
  try {
    const refreshToken = session?.refreshToken;
    session = null; // the refresh itself goes without a bearer
    session = await write<Session>("RefreshSession", { refreshToken });
  } catch {
    await signIn();
  }
}

/** Signed in, as before a reload; what was in the visitor's cart is in hers, also where the answer was lost before. */
async function asCustomer(): Promise<void> {
  if (!session) {
    await signIn();
  }
  const token = kept.get("cart");
  if (token) {
    await write("MergeCart", { cartToken: token });
    kept.set("cart", null);
  }
}

export const products = (pickupPointId: string | null, after: string | null) =>
  read<ProductPage>("ProductList", { first: 12, after, sort: "BEST_SELLING", pickupPointId });

export const slots = async (pickupPointId: string) =>
  (await read<{ pickupPoint: { openSlots: Slot[] } | null }>("PickupSlots", { pickupPointId })).pickupPoint?.openSlots ??
  [];

/** The visitor's cart, made when there is none. */
async function cartToken(): Promise<string> {
  let token = kept.get("cart");
  if (!token) {
    token = (await write<{ token: string }>("CreateCart")).token;
    kept.set("cart", token);
  }
  return token;
}

const isCustomer = () => kept.get("name") !== null;
const whose = async () => (isCustomer() ? {} : { cartToken: await cartToken() });

export async function cart(): Promise<Cart | null> {
  if (isCustomer()) {
    await asCustomer();
    return (await read<{ me: { cart: Cart | null } | null }>("MyCart")).me?.cart ?? null;
  }
  const token = kept.get("cart");
  return token ? (await read<{ cart: Cart | null }>("Cart", { cartToken: token })).cart : null;
}

export async function add(skuId: string): Promise<void> {
  if (isCustomer()) {
    await asCustomer();
  }
  await write("AddToCart", { idempotencyKey: crypto.randomUUID(), skuId, ...(await whose()) });
}

/** So many units; none: it is taken out. */
export async function setLine(skuId: string, quantity: number): Promise<void> {
  await (quantity > 0
    ? write("SetCartLine", { skuId, quantity, ...(await whose()) })
    : write("RemoveFromCart", { skuId, ...(await whose()) }));
}

export async function choosePickup(pickupPointId: string, pickupSlotId: string | null): Promise<void> {
  await write("ChoosePickup", { pickupPointId, pickupSlotId, ...(await whose()) });
}

/** Holds everything in the cart, signing in first. */
export async function startCheckout(expectedTotalFen: number): Promise<Checkout> {
  await asCustomer();
  return write<Checkout>("StartCheckout", { expectedTotalFen });
}

export const releaseCheckout = (quote: string) => write("ReleaseCheckout", { quote });

/** `idempotencyKey`: one for each attempt to buy, so that trying again makes no second order. */
export async function placeOrder(quote: string, confirms: boolean, idempotencyKey: string): Promise<string> {
  const placed = await write<{ id: string }>("PlaceOrder", { quote, confirmsReturnExceptions: confirms, idempotencyKey });
  kept.set("order", placed.id);
  return placed.id;
}

/** Pays as wx.requestPayment would: the cashier is WeChat Pay's stand-in. */
export async function pay(orderId: string): Promise<void> {
  await asCustomer();
  const { appId, timeStamp, nonceStr, package: prepaid, signType, paySign } = await write<Record<string, string>>(
    "PayOrder",
    { orderId },
  );
  const body = JSON.stringify({ appId, timeStamp, nonceStr, package: prepaid, signType, paySign });
  const answer = await fetch("/preview/pay", { method: "POST", headers: { "content-type": "application/json" }, body });
  if (!answer.ok) {
    throw new Error(((await answer.json()) as { errMsg: string }).errMsg);
  }
  await write("CheckPayment", { orderId });
}

export async function order(orderId: string): Promise<Order | null> {
  await asCustomer();
  return (await read<{ order: Order | null }>("OrderDetail", { orderId })).order;
}

export async function cancel(orderId: string): Promise<void> {
  await asCustomer();
  await write("CancelOrder", { orderId });
}

/** Hears that one of her orders changed, until the function it answers is called. */
export const watchOrders = (heard: () => void) => watch("OrderUpdated", {}, heard);

export const lastOrder = () => kept.get("order");
export const forgetOrder = () => kept.set("order", null);
