{{/* The configuration of GPU TaskManagers: that of the others, with a GPU in place of the label. */}}
{{- define "scoring.gpu.flink" -}}
{{- $pool := .Values.gpu.pool -}}
{{- $own := include "scoring.flink.gpu" . | fromYaml -}}
{{- $_ := set $own "jobmanager.rpc.address" (printf "%s.%s" (include "scoring.name" .) .Release.Namespace) -}}
{{- $_ := set $own "jobmanager.rpc.port" "6123" -}}
{{- $_ := set $own "taskmanager.rpc.port" "6122" -}}
{{- $_ := set $own "taskmanager.numberOfTaskSlots" (toString $pool.slots) -}}
{{- $_ := set $own "taskmanager.memory.process.size" $pool.memory -}}
{{- $_ := set $own "taskmanager.memory.task.off-heap.size" $pool.nativeMemory -}}
{{- $all := merge $own (include "scoring.flink" . | fromYaml) -}}
{{- toYaml (omit $all "external-resource.cpupool.amount" "kubernetes.operator.pod-template.merge-arrays-by-name") -}}
{{- end }}

{{/* Flink's 6144m are mebibytes; to Kubernetes m is a thousandth. */}}
{{- define "scoring.gpu.memory" -}}
{{ .Values.gpu.pool.memory | replace "m" "Mi" | replace "g" "Gi" }}
{{- end }}
