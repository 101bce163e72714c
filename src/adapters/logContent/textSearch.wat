;; Searches bytes for texts, 64 bytes at a time, and says which lines are to be read. textSearch.ts, which says what the
;; search is about, fills the memory and reads the answer. Functions are not inlined, so that what is done for every block or
;; every line calls few of them.
(module
  (memory (export "memory") 1)

  ;; What is where in the memory. From 0 on, for each hash (14 bits) of four bytes, in which group the texts are that may
  ;; have them: one byte, 0 for none.
  ;; For each group the address of its list: how many texts, then of each its address, its length, and where in it the four
  ;; bytes are.
  (global $lists (export "lists") i32 (i32.const 16384))
  ;; What was found, 16 bytes each. Of a line: where it begins and ends, how many lines are before it, and of which kind the
  ;; latest line was that was passed over since the one found before. Of a text: a place within it.
  (global $found (export "found") i32 (i32.const 17408))
  (global $maxFound i32 (i32.const 2048))
  ;; From here on the memory is the host's. Behind what is searched, 80 bytes more must be readable.
  (global (export "free") i32 (i32.const 50176))

  ;; What to search with. The hash of four bytes is the highest bits of their product with this.
  (global $multiplier (export "multiplier") (mut i32) (i32.const 0))
  ;; A text has four bytes that are in a group at one of so many places in a row: 1, 2, 4 or 8.
  (global $stride (export "stride") (mut i32) (i32.const 1))
  ;; How long an object must be to be like a record.
  (global $leastObjectBytes (export "leastObjectBytes") (mut i32) (i32.const 0))

  ;; The answer: how many were found, how many lines were gone over, of which kind the latest line was that was passed over
  ;; since the last one found, and up to where.
  (global $count (mut i32) (i32.const 0))
  (global $lineCount (export "lineCount") (mut i32) (i32.const 0))
  (global $passed (export "passed") (mut i32) (i32.const 0))
  (global $reached (export "reached") (mut i32) (i32.const 0))

  ;; Where the current line begins, and whether it must be read.
  (global $line (mut i32) (i32.const 0))
  (global $isRead (mut i32) (i32.const 0))

  ;; Searches the bytes from $at to $to, where texts may begin at $from already, and stops early when much was found. Gives
  ;; the count of what was found. By line, $at is the beginning of a line, and $to is behind a line feed.
  (func (export "search") (param $at i32) (param $from i32) (param $to i32) (param $byLine i32) (result i32)
    (local $multiplier i32) (local $stride i32) (local $groups i32) (local $special i32)
    (local $space v128)
    (local.set $multiplier (global.get $multiplier))
    (local.set $stride (global.get $stride))
    (local.set $space (i8x16.splat (i32.const 0x20)))
    (global.set $count (i32.const 0))
    (global.set $lineCount (i32.const 0))
    (global.set $passed (i32.const 0))
    (global.set $line (local.get $at))
    (global.set $isRead (i32.const 0))
    (block $done
      (loop $block
        (br_if $done (i32.ge_u (local.get $at) (local.get $to)))
        (if (i32.eq (local.get $stride) (i32.const 8))
          (then
            (local.set $groups
              (i32.or
                (i32.or
                  (i32.or
                    (i32.load8_u (i32.shr_u (i32.mul (i32.load offset=0 (local.get $at)) (local.get $multiplier)) (i32.const 18)))
                    (i32.load8_u (i32.shr_u (i32.mul (i32.load offset=8 (local.get $at)) (local.get $multiplier)) (i32.const 18))))
                  (i32.or
                    (i32.load8_u (i32.shr_u (i32.mul (i32.load offset=16 (local.get $at)) (local.get $multiplier)) (i32.const 18)))
                    (i32.load8_u (i32.shr_u (i32.mul (i32.load offset=24 (local.get $at)) (local.get $multiplier)) (i32.const 18)))))
                (i32.or
                  (i32.or
                    (i32.load8_u (i32.shr_u (i32.mul (i32.load offset=32 (local.get $at)) (local.get $multiplier)) (i32.const 18)))
                    (i32.load8_u (i32.shr_u (i32.mul (i32.load offset=40 (local.get $at)) (local.get $multiplier)) (i32.const 18))))
                  (i32.or
                    (i32.load8_u (i32.shr_u (i32.mul (i32.load offset=48 (local.get $at)) (local.get $multiplier)) (i32.const 18)))
                    (i32.load8_u (i32.shr_u (i32.mul (i32.load offset=56 (local.get $at)) (local.get $multiplier)) (i32.const 18))))))))
          (else (local.set $groups (call $groupsAt (local.get $at) (local.get $stride) (local.get $multiplier)))))
        (if (local.get $byLine)
          (then
            ;; The least byte tells whether one is below a space, as line feeds and escapes are. Where none of four is
            ;; ASCII, it looks so, too: that only means to look closer.
            (local.set $special
              (v128.any_true
                (i8x16.lt_s
                  (i8x16.min_u
                    (i8x16.min_u (v128.load offset=0 (local.get $at)) (v128.load offset=16 (local.get $at)))
                    (i8x16.min_u (v128.load offset=32 (local.get $at)) (v128.load offset=48 (local.get $at))))
                  (local.get $space))))))
        (if (i32.or (local.get $groups) (local.get $special))
          (then
            ;; There may be 64 in the block.
            (br_if $done (i32.gt_u (global.get $count) (i32.sub (global.get $maxFound) (i32.const 64))))
            (call $look (local.get $at) (local.get $from) (local.get $to) (local.get $groups) (local.get $byLine))))
        (local.set $at (i32.add (local.get $at) (i32.const 64)))
        (br $block)))
    (global.set $reached (if (result i32) (local.get $byLine) (then (global.get $line)) (else (local.get $at))))
    (global.get $count))

  ;; Not 0 when one of the places in 64 bytes, $stride bytes apart, may be in a text.
  (func $groupsAt (param $at i32) (param $stride i32) (param $multiplier i32) (result i32)
    (local $groups i32) (local $end i32)
    (local.set $end (i32.add (local.get $at) (i32.const 64)))
    (loop $next
      (local.set $groups
        (i32.or
          (local.get $groups)
          (i32.load8_u (i32.shr_u (i32.mul (i32.load (local.get $at)) (local.get $multiplier)) (i32.const 18)))))
      (local.set $at (i32.add (local.get $at) (local.get $stride)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end))))
    (local.get $groups))

  ;; Goes over a block that may have texts, if $groups is not 0, or has line ends.
  (func $look (param $at i32) (param $from i32) (param $to i32) (param $groups i32) (param $byLine i32)
    (local $multiplier i32) (local $stride i32) (local $offset i32) (local $place i32) (local $group i32)
    (local $hits i64) (local $ends i64) (local $before i64) (local $end i32) (local $kind i32)
    (local.set $multiplier (global.get $multiplier))
    (local.set $stride (global.get $stride))
    (if (local.get $groups)
      (then
        (loop $probe
          (local.set $place (i32.add (local.get $at) (local.get $offset)))
          (local.set $group
            (i32.load8_u (i32.shr_u (i32.mul (i32.load (local.get $place)) (local.get $multiplier)) (i32.const 18))))
          (if (local.get $group)
            (then
              (if (call $isText (local.get $place) (local.get $group) (local.get $from) (local.get $to))
                (then
                  (local.set $hits
                    (i64.or (local.get $hits) (i64.shl (i64.const 1) (i64.extend_i32_u (local.get $offset)))))))))
          (local.set $offset (i32.add (local.get $offset) (local.get $stride)))
          (br_if $probe (i32.lt_u (local.get $offset) (i32.const 64))))))
    (if (i32.eqz (local.get $byLine))
      (then
        (loop $hit
          (if (i64.ne (local.get $hits) (i64.const 0))
            (then
              (call $report
                (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $hits))))
                (i32.const 0))
              (local.set $hits (i64.and (local.get $hits) (i64.sub (local.get $hits) (i64.const 1))))
              (br $hit))))
        (return)))
    ;; A color may stand within a text.
    (local.set $hits (i64.or (local.get $hits) (call $placesOf (i32.const 0x1b) (local.get $at) (local.get $to))))
    (local.set $ends (call $placesOf (i32.const 0x0a) (local.get $at) (local.get $to)))
    (loop $line
      (if (i64.ne (local.get $ends) (i64.const 0))
        (then
          (local.set $end (i32.add (local.get $at) (i32.wrap_i64 (i64.ctz (local.get $ends)))))
          ;; The places before the lowest one.
          (local.set $before
            (i64.and (i64.sub (local.get $ends) (i64.const 1)) (i64.xor (local.get $ends) (i64.const -1))))
          (local.set $kind (i32.const 0))
          (if
            (i32.eqz
              (i32.or
                (global.get $isRead)
                (i64.ne (i64.and (local.get $hits) (local.get $before)) (i64.const 0))))
            (then (local.set $kind (call $kindOf (global.get $line) (local.get $end)))))
          (if (local.get $kind)
            (then (global.set $passed (local.get $kind)))
            (else (call $report (global.get $line) (local.get $end))))
          (global.set $isRead (i32.const 0))
          (global.set $line (i32.add (local.get $end) (i32.const 1)))
          (global.set $lineCount (i32.add (global.get $lineCount) (i32.const 1)))
          (local.set $hits (i64.and (local.get $hits) (i64.xor (local.get $before) (i64.const -1))))
          (local.set $ends (i64.and (local.get $ends) (i64.sub (local.get $ends) (i64.const 1))))
          (br $line))))
    (if (i64.ne (local.get $hits) (i64.const 0)) (then (global.set $isRead (i32.const 1)))))

  ;; Whether the four bytes at $at are those of a text of this group that is there, whole within $from and $to.
  (func $isText (param $at i32) (param $group i32) (param $from i32) (param $to i32) (result i32)
    (local $member i32) (local $last i32) (local $start i32) (local $length i32)
    (local.set $member
      (i32.load (i32.add (global.get $lists) (i32.shl (local.get $group) (i32.const 2)))))
    (local.set $last
      (i32.add (local.get $member) (i32.mul (i32.load (local.get $member)) (i32.const 12))))
    (loop $next
      (if (i32.lt_u (local.get $member) (local.get $last))
        (then
          (local.set $start (i32.sub (local.get $at) (i32.load offset=12 (local.get $member))))
          (local.set $length (i32.load offset=8 (local.get $member)))
          (if
            (i32.and
              (i32.ge_u (local.get $start) (local.get $from))
              (i32.le_u (i32.add (local.get $start) (local.get $length)) (local.get $to)))
            (then
              (if (call $areEqual (local.get $start) (i32.load offset=4 (local.get $member)) (local.get $length))
                (then (return (i32.const 1))))))
          (local.set $member (i32.add (local.get $member) (i32.const 12)))
          (br $next))))
    (i32.const 0))

  (func $areEqual (param $one i32) (param $other i32) (param $length i32) (result i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $one) (local.get $length)))
    (loop $next
      (if (i32.eq (local.get $one) (local.get $end)) (then (return (i32.const 1))))
      (if (i32.ne (i32.load8_u (local.get $one)) (i32.load8_u (local.get $other))) (then (return (i32.const 0))))
      (local.set $one (i32.add (local.get $one) (i32.const 1)))
      (local.set $other (i32.add (local.get $other) (i32.const 1)))
      (br $next))
    (unreachable))

  ;; Where a byte is in the 64 from $at on, one bit each, as far as $to.
  (func $placesOf (param $byte i32) (param $at i32) (param $to i32) (result i64)
    (local $bytes v128) (local $places i64)
    (local.set $bytes (i8x16.splat (local.get $byte)))
    (local.set $places
      (i64.or
        (i64.or
          (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load offset=0 (local.get $at)) (local.get $bytes))))
          (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load offset=16 (local.get $at)) (local.get $bytes)))) (i64.const 16)))
        (i64.or
          (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load offset=32 (local.get $at)) (local.get $bytes)))) (i64.const 32))
          (i64.shl (i64.extend_i32_u (i8x16.bitmask (i8x16.eq (v128.load offset=48 (local.get $at)) (local.get $bytes)))) (i64.const 48)))))
    (if (result i64) (i32.ge_u (i32.sub (local.get $to) (local.get $at)) (i32.const 64))
      (then (local.get $places))
      (else
        (i64.and
          (local.get $places)
          (i64.sub
            (i64.shl (i64.const 1) (i64.extend_i32_u (i32.sub (local.get $to) (local.get $at))))
            (i64.const 1))))))

  (func $report (param $start i32) (param $end i32)
    (local $entry i32)
    (local.set $entry (i32.add (global.get $found) (i32.shl (global.get $count) (i32.const 4))))
    (i32.store offset=0 (local.get $entry) (local.get $start))
    (i32.store offset=4 (local.get $entry) (local.get $end))
    (i32.store offset=8 (local.get $entry) (global.get $lineCount))
    (i32.store offset=12 (local.get $entry) (global.get $passed))
    (global.set $passed (i32.const 0))
    (global.set $count (i32.add (global.get $count) (i32.const 1))))

  ;; What a line is like: 1 an object of a log in JSON, 2 a record in text, 0 neither.
  (func $kindOf (param $start i32) (param $end i32) (result i32)
    (local $bytes v128) (local $digits i32) (local $spaces i32)
    ;; The end is LF or CRLF.
    (if (i32.eq (i32.load8_u (i32.sub (local.get $end) (i32.const 1))) (i32.const 0x0d))
      (then (local.set $end (i32.sub (local.get $end) (i32.const 1)))))
    (if
      (i32.and
        (i32.eq (i32.load8_u (local.get $start)) (i32.const 0x7b))
        (i32.eq (i32.load8_u (i32.sub (local.get $end) (i32.const 1))) (i32.const 0x7d)))
      (then
        (return
          (i32.ge_s (i32.sub (local.get $end) (local.get $start)) (global.get $leastObjectBytes)))))
    (local.set $bytes (v128.load (local.get $start)))
    (local.set $digits (call $placesWithin (local.get $bytes) (i32.const 0x30) (i32.const 10)))
    ;; 2026-09-08: bits 0 to 3, 5, 6, 8, 9, and hyphens at 4 and 7.
    (if
      (i32.and
        (i32.eq (i32.and (local.get $digits) (i32.const 0x36f)) (i32.const 0x36f))
        (i32.eq
          (i32.and (call $placesWithin (local.get $bytes) (i32.const 0x2d) (i32.const 1)) (i32.const 0x90))
          (i32.const 0x90)))
      (then (return (i32.const 2))))
    ;; Sep  8 10: or Sep 18 10: has a capital letter at 0, small ones at 1 and 2, spaces at 3 and 6, a space or digit at 4,
    ;; digits at 5, 7, 8, and a colon at 9.
    (local.set $spaces (call $placesWithin (local.get $bytes) (i32.const 0x20) (i32.const 1)))
    (i32.shl
      (i32.eq
        (i32.or
          (i32.or
            (i32.and (call $placesWithin (local.get $bytes) (i32.const 0x41) (i32.const 26)) (i32.const 0x001))
            (i32.and (call $placesWithin (local.get $bytes) (i32.const 0x61) (i32.const 26)) (i32.const 0x006)))
          (i32.or
            (i32.or
              (i32.and (local.get $spaces) (i32.const 0x058))
              (i32.and (local.get $digits) (i32.const 0x1b0)))
            (i32.and (call $placesWithin (local.get $bytes) (i32.const 0x3a) (i32.const 1)) (i32.const 0x200))))
        (i32.const 0x3ff))
      (i32.const 1)))

  ;; At which of 16 places a byte is one of these, one bit each.
  (func $placesWithin (param $bytes v128) (param $first i32) (param $count i32) (result i32)
    (i8x16.bitmask
      (i8x16.lt_u
        (i8x16.sub (local.get $bytes) (i8x16.splat (local.get $first)))
        (i8x16.splat (local.get $count)))))
)
