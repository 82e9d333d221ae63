{{/* Bytes of what Flink takes for memory, 3072m or 3g. */}}
{{- define "scoring.memory.bytes" -}}
{{- mul (regexFind "^[0-9]+" .) (ternary 1073741824 1048576 (hasSuffix "g" .)) -}}
{{- end }}

{{/* Megabytes of a size as a job's file has it, 512 mb, 1g or 1073741824. */}}
{{- define "scoring.memory.megabytes" -}}
{{- $text := toString . | lower -}}
{{- $unit := dict "" 1 "b" 1 "k" 1024 "m" 1048576 "g" 1073741824 "t" 1099511627776 -}}
{{- div (mul (regexFind "^[0-9]+" $text | int64) (get $unit (regexFind "[a-z]" $text) | int64)) 1048576 -}}
{{- end }}

{{/* Megabytes that Flink leaves for the heap of tasks: of the whole process (memory) without metaspace and overhead, what is not
     its own heap and off-heap memory, that of networks, managed or native. As TaskExecutorProcessUtils counts it. */}}
{{- define "scoring.memory.heap" -}}
{{- $mb := 1048576 -}}
{{- $process := include "scoring.memory.bytes" .memory | int64 -}}
{{- $overhead := min (max (mulf $process 0.1 | int64) (mul 192 $mb)) (mul 1024 $mb) -}}
{{- $flink := sub $process (add (mul 256 $mb) $overhead) -}}
{{- $network := max (mulf $flink 0.1 | int64) (mul 64 $mb) -}}
{{- $managed := mulf $flink .managedFraction | int64 -}}
{{- div (sub $flink (add (mul 256 $mb) $network $managed (include "scoring.memory.bytes" .nativeMemory | int64))) $mb -}}
{{- end }}
