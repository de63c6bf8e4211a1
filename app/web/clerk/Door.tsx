import { useState } from "preact/hooks";

import { signIn } from "../session";

const text = (given: FormData, name: string) => String(given.get(name) ?? "").trim();

/** Where a clerk signs in. */
export function Door({ notice }: { notice: string | null }) {
  const [isBusy, setBusy] = useState(false);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    await signIn(text(given, "username"), String(given.get("password")), text(given, "totp"), "门店页面");
    setBusy(false);
  }

  return (
    <main class="basket door">
      <h1>门店登录</h1>
      {notice && (
        <p class="notice" role="alert">
          {notice}
        </p>
      )}
      <form class="card" onSubmit={(event) => void submit(event)}>
        <label>
          用户名
          <input name="username" required autocomplete="username" autocapitalize="off" spellcheck={false} />
        </label>
        <label>
          密码
          <input name="password" type="password" required autocomplete="current-password" />
        </label>
        <label>
          动态码
          <input name="totp" required inputMode="numeric" pattern="[0-9]{6}" maxLength={6} autocomplete="one-time-code" />
        </label>
        <button type="submit" class="go" disabled={isBusy}>
          {isBusy ? "请稍候…" : "登录"}
        </button>
      </form>
      <p class="quiet">登录状态只保存在本页内存中，刷新后需重新登录。</p>
    </main>
  );
}
