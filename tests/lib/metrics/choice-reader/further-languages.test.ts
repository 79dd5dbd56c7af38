import { describe, expect, it } from "vitest";
import { type FurtherLanguage, readChoice } from "../../../../src/lib/metrics/choice-reader.js";
import { furtherExamples } from "./further-examples.js";

const options: Readonly<Record<FurtherLanguage, Readonly<Record<string, string>>>> = {
  ja: { A: "安静", B: "輸液", C: "冷却", D: "抗菌薬投与" },
  ko: { A: "안정", B: "수액", C: "냉찜질", D: "항생제 투여" },
  ru: { A: "Покой", B: "Инфузия", C: "Холодный компресс", D: "Антибиотики" },
  fr: { A: "Repos", B: "Perfusion", C: "Compresse froide", D: "Antibiotiques" },
  vi: { A: "Nghỉ ngơi", B: "Truyền dịch", C: "Chườm lạnh", D: "Kháng sinh" },
  id: { A: "Istirahat", B: "Infus", C: "Kompres dingin", D: "Antibiotik" },
  th: { A: "พักผ่อน", B: "ให้สารน้ำ", C: "ประคบเย็น", D: "ยาปฏิชีวนะ" },
  ar: { A: "الراحة", B: "السوائل", C: "كمادات باردة", D: "المضادات الحيوية" },
  it: { A: "Riposo", B: "Infusione", C: "Impacco freddo", D: "Antibiotici" },
  hi: { A: "आराम", B: "तरल पदार्थ", C: "ठंडी सिकाई", D: "एंटीबायोटिक" },
};

/** Invented responses in the manner of chat models, and the option that a speaker reads in them, by letter or by text. */
const responses: readonly (readonly [FurtherLanguage, string, string | null])[] = [
  ["ja", "不正解：B", null],
  [
    "ja",
    "A. 安静：不適切\nB. 輸液：不適切\nC. 冷却：適切\nD. 抗菌薬投与：不適切\n\nよって、Cが適切です。",
    "C",
  ],
  ["ja", "**解説**\n- A：誤り\n- B：誤り\n- C：正しい\n- D：誤り\n\n**正解：C**", "C"],
  ["ja", "正しいのはどれか。A、B、Cはいずれも誤りである。したがって正解はDである。", "D"],
  ["ja", "正解は冷却です。", "C"],
  ["ja", "最も適切な治療は輸液である。", "B"],
  ["ja", "この問題の正解はA～Dのいずれでもありません。", null],
  ["ja", "A安静 B輸液 C冷却 D抗菌薬投与 のうち、正解はBです", "B"],
  ["ja", "まず A を検討しますが、発熱があるため B が適切です。", "B"],
  ["ja", "Cは正解ではない。", null],
  ["ja", "Dが正解である可能性もありますが、断定できません。", null],
  ["ja", "<answer>C</answer>", "C"],
  ["ja", "私の答えは Ｃ です。", "C"],
  ["ja", "C", "C"],
  ["ja", "C. 冷却", "C"],
  ["ja", "CまたはDが正解です。", null],
  ["ko", "A. 안정 - 틀림\nB. 수액 - 틀림\nC. 냉찜질 - 맞음\nD. 항생제 투여 - 틀림\n\n정답: C", "C"],
  ["ko", "오답: A", null],
  ["ko", "냉찜질이 정답입니다.", "C"],
  ["ko", "정답은 냉찜질입니다.", "C"],
  ["ko", "D. 항생제 투여", "D"],
  ["ko", "답: (B)", "B"],
  ["ko", "제 생각에는 B가 맞는 것 같습니다.", "B"],
  ["ko", "정답을 고르자면 D입니다.", "D"],
  ["ko", "A와 B 중에서 고르기 어렵습니다.", null],
  ["ko", "정답이 C라고 보기는 어렵다.", null],
  ["ko", "C는 정답이 아닙니다.", null],
  [
    "ru",
    "A) Покой — неверно.\nB) Инфузия — неверно.\nC) Холодный компресс — верно.\nD) Антибиотики — неверно.\n\nОтвет: C",
    "C",
  ],
  ["ru", "Правильный ответ: холодный компресс.", "C"],
  ["ru", "Неправильный ответ: A", null],
  ["ru", "Ответ: В", null],
  ["ru", "C) Холодный компресс", "C"],
  ["ru", "Я бы выбрал B.", "B"],
  ["ru", "Таким образом, наиболее подходящим вариантом является D.", "D"],
  ["ru", "Ни один из вариантов A, B, C не подходит.", null],
  ["ru", "Вариант C не является правильным.", null],
  [
    "fr",
    "A. Repos : faux\nB. Perfusion : faux\nC. Compresse froide : vrai\nD. Antibiotiques : faux\n\nLa bonne réponse est donc la C.",
    "C",
  ],
  ["fr", "La mauvaise réponse est B.", null],
  ["fr", "La réponse est : compresse froide.", "C"],
  ["fr", "La bonne réponse est « C ».", "C"],
  ["fr", "C'est la réponse B qui est correcte.", "B"],
  ["fr", "Les réponses A et B sont incorrectes ; la réponse D est correcte.", "D"],
  ["fr", "Je dirais que la réponse est D.", "D"],
  ["fr", "La réponse n'est ni A ni B. La réponse est C.", "C"],
  ["fr", "Ce n'est pas la réponse C.", null],
  ["fr", "Il n'y a pas de bonne réponse parmi A, B, C et D.", null],
  ["vi", "A. Nghỉ ngơi: sai\nB. Truyền dịch: sai\nC. Chườm lạnh: đúng\nD. Kháng sinh: sai\n\nĐáp án: C", "C"],
  ["vi", "Đáp án đúng là Chườm lạnh.", "C"],
  ["vi", "Đáp án sai: A", null],
  ["vi", "Câu trả lời chính xác là **B. Truyền dịch**.", "B"],
  ["vi", "Không phải A mà là D.", null],
  ["vi", "Không có đáp án nào đúng trong A, B, C, D.", null],
  [
    "id",
    "A. Istirahat: salah\nB. Infus: salah\nC. Kompres dingin: benar\nD. Antibiotik: salah\n\nJadi jawabannya adalah C.",
    "C",
  ],
  ["id", "Jawaban yang salah adalah A.", null],
  ["id", "Jawabannya adalah kompres dingin.", "C"],
  ["id", "Jawaban: B. Infus", "B"],
  ["id", "Tidak ada jawaban yang benar di antara A, B, C, dan D.", null],
  ["th", "A. พักผ่อน: ผิด\nB. ให้สารน้ำ: ผิด\nC. ประคบเย็น: ถูก\nD. ยาปฏิชีวนะ: ผิด\n\nดังนั้นคำตอบคือ C", "C"],
  ["th", "คำตอบที่ผิดคือ A", null],
  ["th", "คำตอบคือประคบเย็น", "C"],
  ["th", "ตอบข้อ B. ให้สารน้ำ", "B"],
  [
    "ar",
    "A. الراحة: خطأ\nB. السوائل: خطأ\nC. كمادات باردة: صحيح\nD. المضادات الحيوية: خطأ\n\nالإجابة: C",
    "C",
  ],
  ["ar", "الإجابة الخاطئة هي A.", null],
  ["ar", "الإجابة الصحيحة هي كمادات باردة.", "C"],
  ["ar", "الجواب هو: B) السوائل", "B"],
  [
    "it",
    "A. Riposo: falso\nB. Infusione: falso\nC. Impacco freddo: vero\nD. Antibiotici: falso\n\nQuindi la risposta corretta è C.",
    "C",
  ],
  ["it", "La risposta sbagliata è A.", null],
  ["it", "La risposta corretta è impacco freddo.", "C"],
  ["it", "Risposta: B) Infusione", "B"],
  ["it", "Nessuna delle opzioni A, B, C, D è corretta.", null],
  ["hi", "A. आराम: गलत\nB. तरल पदार्थ: गलत\nC. ठंडी सिकाई: सही\nD. एंटीबायोटिक: गलत\n\nसही उत्तर: C", "C"],
  ["hi", "गलत उत्तर: A", null],
  ["hi", "सही उत्तर ठंडी सिकाई है।", "C"],
  ["hi", "उत्तर: B) तरल पदार्थ", "B"],
];

describe("readChoice in the languages that it knows in their common forms", () => {
  it.each(responses)("reads in %s: %s → %s", (language, text, letter) => {
    expect(readChoice(text, options[language]).answer).toBe(letter);
  });

  it.each(Object.values(furtherExamples).flat())(
    "reads the same with all its rules: %s → %s",
    (text, letter) => {
      expect(readChoice(text, null).answer).toBe(letter);
      expect(readChoice(text, { A: "Bed rest", B: "Salt water", C: "Cold pack", D: "Warm tea" }).answer).toBe(
        letter,
      );
    },
  );

  it("recognizes a language only if it is among those asked for", () => {
    const text = "A. 안정은 틀렸다. 정답은 C입니다.";
    expect(readChoice(text, null, { languages: ["ko"] }).readBy).toBe("verdict-ko");
    expect(readChoice(text, null, { languages: ["zh", "ja"] }).answer).not.toBe("C");
  });

  it("gives several letters where the item allows them", () => {
    expect(readChoice("正解はAとCです。", null, { multiple: true }).answer).toBe("AC");
    expect(readChoice("正解はAとCです。", null).status).toBe("multiple");
  });

  it("shows the words in which a letter was found", () => {
    expect(readChoice("발열이 있으므로 정답은 C입니다.", null).evidence).toContain("정답은 C");
  });

  it.each([
    "Η σωστή απάντηση είναι η Γ.",
    "התשובה הנכונה היא ג",
    "সঠিক উত্তর হল গ",
    "Правильної відповіді тут немає.",
  ])("gives no language pack as the reason for %s", (text) => {
    expect(readChoice(text, null)).toMatchObject({
      answer: null,
      status: "no language pack",
      readBy: "no language pack",
    });
  });

  it("reads marks that need no phrase in a language without a pack", () => {
    expect(readChoice("Η σωστή απάντηση:\n\n\\boxed{C}", null).answer).toBe("C");
  });
});
