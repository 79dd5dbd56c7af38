import type { Page } from "playwright-core";

/**
 * English that a Chinese page shows without saying so: three English words in a row outside what carries another `lang`,
 * outside code and names. Empty on a page in English.
 */
export async function unmarkedEnglish(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    if (!document.documentElement.lang.startsWith("zh")) return [];
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent ?? "";
      const owner = node.parentElement;
      if (owner === null || owner.closest("script, style, code, [lang=en]") !== null) continue;
      const [english] = /\b[a-z]{2,}(?: [a-z]{2,}){2,}/.exec(text) ?? [];
      if (english !== undefined) found.push(`English without lang: ${english.slice(0, 80)}`);
      // Emphasis does not close between a full stop and a letter that follows without a space.
      if (/\*\*|\]\(/.test(text)) found.push(`markup that was not read: ${text.trim().slice(0, 80)}`);
    }
    return found;
  });
}

/** What keeps a reader from the page's twin, or from knowing in which language it is. */
export async function languageBreaches(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const breaches: string[] = [];
    const isChinese = /\/zh\//.test(location.pathname);
    const [own, other] = isChinese ? ["zh-CN", "en"] : ["en", "zh-CN"];
    if (document.documentElement.lang !== own)
      breaches.push(`<html lang="${document.documentElement.lang}">, not ${own}`);
    const twin = isChinese ? location.pathname.replace("/zh/", "/") : location.pathname.replace("/", "/zh/");
    const links = Array.from(document.querySelectorAll<HTMLAnchorElement>("a.mb-language"));
    if (
      links.length !== 1 ||
      links[0]?.pathname !== twin ||
      links[0].hreflang !== other ||
      links[0].lang !== other
    )
      breaches.push(`no link to ${twin} that says its language`);
    const alternates = Array.from(
      document.querySelectorAll<HTMLLinkElement>("link[rel=alternate]"),
      ({ href, hreflang }) => `${hreflang} ${new URL(href).pathname}`,
    );
    for (const wanted of [`${own} ${location.pathname}`, `${other} ${twin}`])
      if (!alternates.includes(wanted)) breaches.push(`no alternate link ${wanted}`);
    const navigation = Array.from(document.querySelectorAll<HTMLAnchorElement>("nav a"));
    if (navigation.length < 10) breaches.push(`only ${navigation.length} links in the navigation`);
    for (const { pathname, textContent } of navigation)
      if (/\/zh\//.test(pathname) !== isChinese)
        breaches.push(`the navigation leads to the other language: ${textContent}`);
    return breaches;
  });
}
