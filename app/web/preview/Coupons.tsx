import { date } from "../time";
import type { Coupon } from "./types";
import { discount } from "./words";

/** Coupons that can be claimed for the product. */
export function Coupons({ coupons }: { coupons: Coupon[] }) {
  if (!coupons.length) {
    return null;
  }
  return (
    <section class="card" aria-labelledby="coupons">
      <h2 id="coupons">优惠券</h2>
      <ul class="coupons" tabIndex={0} aria-label="优惠券，可左右滑动">
        {coupons.map((coupon) => (
          <li key={coupon.id}>
            <p class="worth">
              {coupon.amount ? (
                <>
                  <small>¥</small>
                  {coupon.amount.fen / 100}
                </>
              ) : (
                discount(coupon.percentOff ?? 0)
              )}
            </p>
            <div>
              <strong>{coupon.name}</strong>
              <p>
                满{coupon.minimumSpend.fen / 100}元可用
                {coupon.cap && <>，最高减{coupon.cap.fen / 100}元</>}
              </p>
              <p class="quiet">
                {date(coupon.claimEndsAt)}前领取
                {coupon.remaining !== null && <> · 剩{coupon.remaining}张</>}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
