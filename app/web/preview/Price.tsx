import { useEffect, useState } from "preact/hooks";

import { left } from "../time";
import type { Sku } from "./types";

/** What a unit costs now, what it cost, and what 500 g cost. */
export function Prices({ sku }: { sku: Sku }) {
  return (
    <p class="prices">
      <span class="price">
        <small>¥</small>
        {sku.price.amount}
      </span>
      {sku.referencePrice && (
        <s>
          <span class="unseen">划线价</span>¥{sku.referencePrice.amount}
        </s>
      )}
      {sku.unitPrice && <span class="quiet">约 ¥{sku.unitPrice.amount}/500g</span>}
    </p>
  );
}

/** A running offer, with the time left by the shop's clock. */
export function Offer({ offer }: { offer: NonNullable<Sku["offer"]> }) {
  const [rest, setRest] = useState(() => left(offer.endsAt));

  useEffect(() => {
    const ticking = setInterval(() => setRest(left(offer.endsAt)), 1000);
    return () => clearInterval(ticking);
  }, [offer.endsAt]);

  return (
    <div class="offer">
      <strong>{offer.name}</strong>
      {offer.remaining !== null && <span>剩 {offer.remaining} 份</span>}
      <span class="countdown" role="timer">
        {rest ? `距结束 ${rest}` : "已结束"}
      </span>
    </div>
  );
}
