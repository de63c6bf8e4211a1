// The panel in which staff sign in, among GraphiQL's plugins.

import type { GraphiQLProps } from "graphiql";
import { createElement as h, useState, useSyncExternalStore, type FormEvent, type ReactNode } from "react";

import { current, signIn, signOut, subscribe, use, type Person } from "../session";

const useSession = () => useSyncExternalStore(subscribe, current);

function Icon(): ReactNode {
  const { person } = useSession();
  const path = "M7 1.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM1.5 13.5c0-3 2.4-4.6 5.5-4.6s5.5 1.6 5.5 4.6";
  return h(
    "svg",
    { viewBox: "0 0 14 15", fill: "none", stroke: "currentColor", strokeWidth: 1.4, strokeLinecap: "round" },
    h("path", { d: path }),
    person && h("circle", { className: "door-dot", cx: 11.6, cy: 2.6, r: 2.2 }),
  );
}

function Field(props: { label: string; name: string; hint?: string } & Record<string, unknown>): ReactNode {
  const { label, hint, ...input } = props;
  return h(
    "label",
    { className: "door-field" },
    h("span", null, label),
    h("input", { required: true, spellCheck: false, autoCapitalize: "off", maxLength: 128, ...input }),
    hint && h("small", null, hint),
  );
}

function Form(props: { button: string; send: (given: FormData) => Promise<void>; children?: ReactNode }): ReactNode {
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setBusy(true);
    await props.send(new FormData(form));
    setBusy(false);
  };
  return h(
    "form",
    { className: "door-form", onSubmit: submit },
    props.children,
    h(
      "button",
      { className: "door-button", type: "submit", disabled: isBusy },
      isBusy ? "One moment …" : props.button,
    ),
  );
}

const text = (given: FormData, name: string) => String(given.get(name) ?? "").trim();

function Door(): ReactNode {
  return h(
    "div",
    null,
    h(
      Form,
      {
        button: "Sign in",
        send: (given) => signIn(text(given, "username"), String(given.get("password")), text(given, "totp"), "GraphiQL"),
      },
      h(Field, { label: "User name", name: "username", autoComplete: "username", autoFocus: true }),
      h(Field, { label: "Password", name: "password", type: "password", autoComplete: "current-password" }),
      h(Field, {
        label: "Code",
        name: "totp",
        autoComplete: "one-time-code",
        inputMode: "numeric",
        pattern: "[0-9]{6}",
        maxLength: 6,
        title: "six digits",
        hint: "Six digits of your authenticator app; each is good once.",
      }),
    ),
    h(
      "details",
      { className: "door-more" },
      h("summary", null, "Use a token instead"),
      h(
        Form,
        { button: "Use it", send: (given) => use(text(given, "token")) },
        h(Field, {
          label: "Token",
          name: "token",
          type: "password",
          autoComplete: "off",
          maxLength: 4000,
          hint: "One for each role stands in what make demo prints, or comes from yougou token.",
        }),
      ),
    ),
  );
}

function Inside({ person }: { person: Person }): ReactNode {
  const until = person.until.toLocaleString([], { dateStyle: "short", timeStyle: "short" });
  return h(
    "div",
    { className: "door-card" },
    h("strong", null, person.name),
    h("ul", null, person.roles.map((each) => h("li", { key: each }, each.replaceAll("_", " ").toLowerCase()))),
    h("p", null, `Until ${until}${person.renews ? "; work makes it longer, to twelve hours" : ""}.`),
    person.mustChangePassword &&
      h("p", { className: "door-notice" }, "Choose your own password first: changeMyPassword."),
    h("button", { className: "door-button", type: "button", onClick: () => void signOut() }, "Sign out"),
  );
}

function Panel(): ReactNode {
  const { person, notice } = useSession();
  return h(
    "section",
    { className: "door", "aria-label": "Staff" },
    h("div", { className: "graphiql-doc-explorer-title" }, person ? "Signed in" : "Staff sign-in"),
    notice && h("p", { className: "door-notice", role: "alert" }, notice),
    person ? h(Inside, { person }) : h(Door),
    h("p", { className: "door-foot" }, "Kept in this page's memory only: a reload forgets it."),
  );
}

type Plugin = NonNullable<GraphiQLProps["plugins"]>[number];

export const SIGN_IN_PLUGIN: Plugin = { title: "Staff sign-in", icon: Icon, content: Panel };
