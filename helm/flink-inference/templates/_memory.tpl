{{/* Bytes of what Flink takes for memory, 3072m or 3g. */}}
{{- define "scoring.memory.bytes" -}}
{{- mul (regexFind "^[0-9]+" .) (ternary 1073741824 1048576 (hasSuffix "g" .)) -}}
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
