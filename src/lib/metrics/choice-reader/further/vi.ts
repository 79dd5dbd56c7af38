import type { FurtherPack } from "./further-pack.js";

export const vi: FurtherPack = {
  shownBy: "[\\u1ea0-\\u1ef9đĐơƠưƯăĂ]",
  byScript: true,
  verdict:
    "chẩn đoán (?:phù hợp|có khả năng|nhiều khả năng|có thể) nhất(?: là)?|(?:đáp án|câu trả lời|lựa chọn|phương án|trả lời|kết luận)(?: (?:đúng|chính xác|đúng nhất|phù hợp nhất|phù hợp|tốt nhất|cuối cùng|chính xác nhất))?(?: (?:của câu hỏi này|cho câu hỏi này))?(?: (?:phải là|sẽ là|nên là|chính là|là))?|(?:tôi|ta|em|chúng ta)(?: (?:sẽ|xin))? chọn|(?:vậy|do đó|vì vậy|vì thế|nên)(?:,)?(?: ta)? chọn|chọn",
  denial:
    "không phải(?: là)? (?:đáp án|lựa chọn|phương án)|(?:đáp án|câu trả lời|lựa chọn|phương án)(?: (?:đúng|chính xác))? (?:không phải(?: là)?|không thể là|không là)|(?:không|đừng|chớ)(?: (?:nên|thể|được))? chọn|(?:đáp án|lựa chọn|phương án) sai(?: là)?|loại(?: (?:trừ|bỏ))?",
  exception: "(?:câu|phát biểu|nhận định|ý)(?: nào)? (?:sai|không đúng|không phù hợp)(?: là)?|ngoại trừ",
  noun: "đáp án|lựa chọn|phương án|câu|ý|chữ cái|chữ|là",
  praise:
    "(?:là|chính là) (?:đáp án|câu trả lời|lựa chọn|phương án)(?: (?:đúng|chính xác|phù hợp|tốt|đúng đắn))|(?:là )?(?:đúng|chính xác|phù hợp) nhất|là đáp án",
  rejection:
    "(?:(?:là|đều|thì) )?(?:sai|không đúng|không phải|không chính xác|không phù hợp|bị loại)|là (?:đáp án|lựa chọn|phương án) (?:sai|không)",
  hedge: "nếu|giả sử|câu (?:hỏi )?(?:trước|tiếp theo|sau)|câu hỏi khác|ví dụ",
  perhaps:
    "nhiều (?:sinh viên|bạn|người|thí sinh)|một số (?:sinh viên|tài liệu|người)|có thể là|có lẽ là|có thể đúng",
  but: "(?:,)? ?mà(?: (?:phải là|là))?",
  joiner: "và|hoặc|hay|với",
  connective: "vì|do|bởi|bởi vì|là|vì vậy|với|nên|theo|được|có",
  refusal: "(?:không thể (?:trả lời|đưa ra|chọn|xác định|cung cấp)|xin lỗi|rất tiếc)",
};
