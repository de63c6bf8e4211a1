// What the page shows when it has nothing to show.

export function Loading() {
  return (
    <main class="loading" aria-busy="true" aria-label="正在加载">
      <div class="bone square" />
      <div class="bone line wide" />
      <div class="bone line" />
      <div class="bone block" />
      <div class="bone block" />
    </main>
  );
}

export function Failed({ why, again }: { why: string; again: () => void }) {
  return (
    <main class="nothing">
      <p class="face" aria-hidden="true">
        🥬
      </p>
      <div role="alert">
        <h1>没能加载这件商品</h1>
        <p>{why}</p>
      </div>
      <button type="button" onClick={again}>
        再试一次
      </button>
    </main>
  );
}

export function Empty() {
  return (
    <main class="nothing">
      <p class="face" aria-hidden="true">
        🧺
      </p>
      <h1>没有找到这件商品</h1>
      <p>它可能已经下架，看看别的吧。</p>
    </main>
  );
}
