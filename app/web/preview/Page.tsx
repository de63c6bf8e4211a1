import { useEffect, useState } from "preact/hooks";

import { Coupons } from "./Coupons";
import { Gallery } from "./Gallery";
import { Journey } from "./Journey";
import { Offer, Prices } from "./Price";
import { Papers } from "./Papers";
import type { Given } from "./request";
import { Reviews } from "./Reviews";
import { Slots } from "./Slots";
import type { Point, Product } from "./types";
import { RETURNS, STORAGE } from "./words";

interface Props {
  product: Product;
  point: Point | null;
  asked: Given;
}

/** A product, told from its looks to its next pickup. */
export function Page({ product, point, asked }: Props) {
  const inStock = product.skus.find((sku) => sku.stock.available > 0);
  const [chosen, setChosen] = useState((inStock ?? product.skus[0])?.id);
  const sku = product.skus.find((each) => each.id === chosen);
  const { storage } = product;
  const range = storage.minC !== null && storage.maxC !== null ? ` ${storage.minC}~${storage.maxC}°C` : "";

  useEffect(() => {
    document.title = `${product.name} · 优购生鲜`;
  }, [product.name]);

  return (
    <>
      <main>
        <Gallery media={product.media} name={product.name} />

        <section class="card lead" aria-label="商品">
          {sku?.offer && <Offer offer={sku.offer} />}
          {sku && <Prices sku={sku} />}
          <h1>{product.name}</h1>
          {product.subtitle && <p class="subtitle">{product.subtitle}</p>}
          <ul class="tags">
            <li>{RETURNS[product.returnPolicy]}</li>
            <li>
              {STORAGE[storage.kind]}
              {range}
            </li>
            {product.origin && <li>产地 {product.origin}</li>}
            {product.minDaysLeft > 0 && <li>到手至少剩{product.minDaysLeft}天</li>}
          </ul>
          <p class="quiet">
            已售 {product.salesCount}
            {product.category && <> · {product.category.name}</>}
            {product.ratingSummary.average && <> · {product.ratingSummary.average} 分</>}
          </p>
          <fieldset class="skus">
            <legend>规格</legend>
            {product.skus.map((each) => (
              <label key={each.id} class={each.stock.available > 0 ? "sku" : "sku gone"}>
                <input
                  type="radio"
                  name="sku"
                  checked={each.id === chosen}
                  disabled={each.stock.available <= 0}
                  onChange={() => setChosen(each.id)}
                />
                <span>
                  {each.spec} <b>¥{each.price.amount}</b>
                  {each.stock.available <= 0 && <em>售罄</em>}
                  {each.stock.level === "LOW_STOCK" && <em>仅剩{each.stock.available}</em>}
                </span>
              </label>
            ))}
          </fieldset>
          {sku?.isCatchWeight && <p class="quiet">按实际重量结算，多退少不补。</p>}
        </section>

        <Coupons coupons={product.coupons} />
        <Slots point={point} points={asked.points} />
        <Journey lot={product.lot} />
        <Papers lot={product.lot} />
        <Reviews reviews={product.reviews} summary={product.ratingSummary} />

        <section class="card" aria-labelledby="about">
          <h2 id="about">商品说明</h2>
          <p>{product.description}</p>
          <dl class="facts">
            {product.shelfLifeDays !== null && (
              <>
                <dt>保质期</dt>
                <dd>{product.shelfLifeDays}天</dd>
              </>
            )}
            <dt>贮存</dt>
            <dd>
              {STORAGE[storage.kind]}
              {range}
            </dd>
            <dt>致敏原</dt>
            <dd>{product.allergens.length ? product.allergens.join("、") : "无"}</dd>
          </dl>
        </section>
      </main>

      <footer class="bar">
        {inStock && sku ? (
          <>
            <p>
              <span class="price">
                <small>¥</small>
                {sku.price.amount}
              </span>
              <span class="quiet">{sku.spec}</span>
            </p>
            <a class="button" href="#slots">
              选自提时段
            </a>
          </>
        ) : (
          <p class="sold-out" role="status">
            已售罄
          </p>
        )}
      </footer>
    </>
  );
}
