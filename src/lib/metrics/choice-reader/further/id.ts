import type { FurtherPack } from "./further-pack.js";

export const id: FurtherPack = {
  shownBy: "(?:jawaban|jawapan|adalah|pilihan|memilih|tidak)",
  byScript: false,
  verdict:
    "(?:diagnosis|terapi|tatalaksana|pemeriksaan) (?:yang )?paling (?:mungkin|tepat|sesuai)(?: adalah)?|(?:jawaban|jawapan|pilihan|opsi|kunci jawaban)(?:nya)?(?: (?:yang|akhir|saya))?(?: (?:paling))?(?: (?:benar|tepat|betul|sesuai|terbaik))?(?: (?:untuk (?:soal|pertanyaan) ini))?(?: (?:adalah|ialah|yaitu|yakni))|(?:jawaban|jawapan)(?:nya)?(?: (?:yang )?(?:paling )?(?:benar|tepat|betul|terbaik))?|(?:saya|kita|maka|jadi)(?:,)?(?: (?:akan))? (?:memilih|pilih|menjawab)|yang (?:paling )?(?:benar|tepat) adalah",
  denial:
    "bukan(?:lah)? (?:pilihan|jawaban|opsi)|(?:jawaban|jawapan|pilihan|opsi)(?:nya)?(?: yang (?:benar|tepat))? (?:bukan|bukanlah|tidak mungkin|tidak)|(?:bukan|jangan|tidak)(?: (?:memilih|pilih|menjawab))|(?:jawaban|pilihan|opsi) (?:yang )?salah(?: (?:adalah|ialah))?|(?:singkirkan|eliminasi|kecualikan)",
  exception:
    "(?:pernyataan|kalimat)(?: yang)? (?:salah|tidak benar|tidak tepat|tidak sesuai)(?: (?:adalah|ialah))?|kecuali",
  noun: "jawaban|pilihan|opsi|huruf|adalah|nomor",
  praise:
    "(?:adalah|merupakan|ialah) (?:jawaban|pilihan|opsi)(?: (?:yang )?(?:paling )?(?:benar|tepat|betul|sesuai|terbaik))|(?:adalah )?yang (?:paling )?(?:benar|tepat|betul|sesuai)|paling (?:tepat|sesuai|benar)",
  rejection:
    "(?:(?:adalah|jelas|juga|itu) )?(?:salah|tidak benar|tidak tepat|tidak sesuai|kurang tepat|bukan|bukanlah|keliru)|(?:adalah|merupakan) (?:jawaban|pilihan) (?:yang )?salah",
  hedge:
    "jika|kalau|apabila|seandainya|andaikan|soal (?:sebelumnya|berikutnya|lain|sebelum)|pertanyaan (?:sebelumnya|berikutnya|lain)|contoh",
  perhaps:
    "banyak (?:mahasiswa|orang|siswa)|sebagian (?:mahasiswa|orang|buku)|beberapa (?:mahasiswa|orang|buku)|mungkin saja|bisa jadi|bisa saja",
  but: "(?:,)? ?(?:melainkan|tetapi|tapi)",
  joiner: "dan|atau|serta",
  connective: "karena|sebab|yaitu|yang|dengan|adalah|dan",
  refusal: "(?:tidak (?:dapat|bisa) (?:menjawab|memberikan|menentukan|memilih)|maaf)",
};
