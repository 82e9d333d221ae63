{{/* The configuration of GPU TaskManagers: that of the others, with a GPU in place of the label, and with what the
     operator adds for its own: the modules that Flink opens on Java 17, and how a leader is found. */}}
{{- define "scoring.gpu.flink" -}}
{{- $pool := .Values.gpu.pool -}}
{{- $own := include "scoring.flink.gpu" . | fromYaml -}}
{{- $_ := set $own "env.java.default-opts.all" (include "scoring.gpu.java" . | splitList "\n" | join " ") -}}
{{- if .Values.highAvailability.enabled -}}
{{- $_ := set $own "kubernetes.namespace" .Release.Namespace -}}
{{- $_ := set $own "kubernetes.cluster-id" (include "scoring.name" .) -}}
{{- $_ := set $own "high-availability.cluster-id" (include "scoring.name" .) -}}
{{- else -}}
{{- $_ := set $own "jobmanager.rpc.address" (printf "%s.%s" (include "scoring.name" .) .Release.Namespace) -}}
{{- $_ := set $own "jobmanager.rpc.port" "6123" -}}
{{- end -}}
{{- $_ := set $own "taskmanager.rpc.port" "6122" -}}
{{- $_ := set $own "taskmanager.numberOfTaskSlots" (toString $pool.slots) -}}
{{- $_ := set $own "taskmanager.memory.process.size" $pool.memory -}}
{{- $_ := set $own "taskmanager.memory.task.off-heap.size" $pool.nativeMemory -}}
{{- $all := omit (merge $own (include "scoring.flink" . | fromYaml)) "execution.checkpointing.interval" "external-resource.cpupool.amount" -}}
{{- range $key := keys $all -}}
{{- /* What only the operator reads would restart these pods for nothing. */ -}}
{{- if hasPrefix "kubernetes.operator." $key -}}
{{- $_ := unset $all $key -}}
{{- end -}}
{{- end -}}
{{- toYaml $all -}}
{{- end }}

{{/* As conf/config.yaml of Flink has them; the file of the chart takes its place. */}}
{{- define "scoring.gpu.java" -}}
--add-exports=java.rmi/sun.rmi.registry=ALL-UNNAMED
--add-exports=java.security.jgss/sun.security.krb5=ALL-UNNAMED
{{- range list "lang" "net" "io" "nio" "lang.reflect" "text" "time" "util" "util.concurrent" "util.concurrent.atomic" "util.concurrent.locks" }}
--add-opens=java.base/java.{{ . }}=ALL-UNNAMED
{{- end }}
--add-opens=java.base/sun.nio.ch=ALL-UNNAMED
{{- end }}

{{/* Flink's 6144m are mebibytes; to Kubernetes m is a thousandth. */}}
{{- define "scoring.gpu.memory" -}}
{{ .Values.gpu.pool.memory | replace "m" "Mi" | replace "g" "Gi" }}
{{- end }}
