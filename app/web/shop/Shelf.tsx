import { useEffect, useState } from "preact/hooks";

import { said } from "../ask";
import { Picture } from "../preview/Picture";
import { add, cart, products } from "./buyer";
import type { Card, ProductPage } from "./types";

const LEVELS: Record<string, string> = { OUT_OF_STOCK: "售罄", LOW_STOCK: "所剩不多" };

/** What there is to buy, best selling first; the basket is always at hand. */
export function Shelf({ points, toBasket }: { points: { id: string }[]; toBasket: () => void }) {
  const point = points[0]?.id ?? null;
  const [cards, setCards] = useState<Card[]>([]);
  const [page, setPage] = useState<ProductPage["products"]["pageInfo"]>();
  const [count, setCount] = useState(0);
  const [notice, setNotice] = useState<string>();

  async function more(after: string | null) {
    try {
      const found = (await products(point, after)).products;
      setCards((before) => [...before, ...found.nodes]);
      setPage(found.pageInfo);
    } catch (error) {
      setNotice(said(error));
    }
  }

  async function recount() {
    const found = await cart();
    setCount(found?.lines.reduce((sum, line) => sum + line.quantity, 0) ?? 0);
  }

  async function put(skuId: string) {
    try {
      await add(skuId);
      setNotice(undefined);
      await recount();
    } catch (error) {
      setNotice(said(error));
    }
  }

  useEffect(() => {
    void more(null);
    recount().catch((error: unknown) => setNotice(said(error)));
  }, []);

  return (
    <main class="shelf">
      <h1>今晚订，明晚取</h1>
      {notice && (
        <p class="notice" role="alert">
          {notice}
        </p>
      )}
      <ul class="cards">
        {cards.map((each) => (
          <Product key={each.id} card={each} put={put} />
        ))}
      </ul>
      {page?.hasNextPage && (
        <button type="button" class="more" onClick={() => void more(page.endCursor)}>
          看更多
        </button>
      )}
      <footer class="bar">
        <span>
          购物车 <b class="units">{count}</b> 件
        </span>
        <button type="button" class="go" disabled={!count} onClick={toBasket}>
          去购物车
        </button>
      </footer>
    </main>
  );
}

function Product({ card, put }: { card: Card; put: (skuId: string) => Promise<void> }) {
  const [sku] = card.skus;
  const [isBusy, setBusy] = useState(false);
  const isGone = card.stock.available <= 0;

  async function take(skuId: string) {
    setBusy(true);
    await put(skuId);
    setBusy(false);
  }

  return (
    <li class="product">
      {card.image && <Picture src={card.image.url} alt={card.image.alt} />}
      <div>
        <h2 class="plain">{card.name}</h2>
        <p class="quiet">
          {card.origin} · {sku?.spec}
        </p>
        <p class="price-row">
          <span class="price">
            <small>¥</small>
            {sku?.price.amount}
          </span>
          {sku?.referencePrice && <s>¥{sku.referencePrice.amount}</s>}
          {LEVELS[card.stock.level] && <span class="level">{LEVELS[card.stock.level]}</span>}
        </p>
      </div>
      <button
        type="button"
        class="add"
        aria-label={`把${card.name}加入购物车`}
        disabled={!sku || isGone || isBusy}
        onClick={() => sku && void take(sku.id)}
      >
        +
      </button>
    </li>
  );
}
