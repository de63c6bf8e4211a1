import { useState } from "preact/hooks";

import { said } from "../ask";
import { Basket } from "./Basket";
import { lastOrder, startCheckout } from "./buyer";
import { Checkout } from "./Checkout";
import { Receipt } from "./Receipt";
import { Shelf } from "./Shelf";
import type { Checkout as Held } from "./types";

type View =
  | { at: "shelf" }
  | { at: "basket"; notice?: string }
  | { at: "checkout"; held: Held }
  | { at: "receipt"; orderId: string };

/** Where the customer is on her way; after a reload she is at her order, if she has one. */
export function App({ points }: { points: { id: string; name: string }[] }) {
  const order = lastOrder();
  const [view, go] = useState<View>(order ? { at: "receipt", orderId: order } : { at: "shelf" });
  const [isBusy, setBusy] = useState(false);

  async function checkOut(expectedFen: number) {
    setBusy(true);
    try {
      go({ at: "checkout", held: await startCheckout(expectedFen) });
    } catch (error) {
      go({ at: "basket", notice: said(error) });
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <p class="stand-in">演示环境：登录与付款由替身完成，不会真正扣款。</p>
      {view.at === "shelf" && <Shelf points={points} toBasket={() => go({ at: "basket" })} />}
      {view.at === "basket" && (
        <Basket
          key={view.notice ?? ""}
          points={points}
          notice={view.notice}
          isBusy={isBusy}
          back={() => go({ at: "shelf" })}
          checkOut={(fen) => void checkOut(fen)}
        />
      )}
      {view.at === "checkout" && (
        <Checkout
          held={view.held}
          back={(notice) => go({ at: "basket", notice })}
          placed={(orderId) => go({ at: "receipt", orderId })}
        />
      )}
      {view.at === "receipt" && <Receipt orderId={view.orderId} again={() => go({ at: "shelf" })} />}
    </>
  );
}
