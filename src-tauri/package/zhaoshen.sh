#!/bin/sh
# 照审台的命令行：与窗口是同一个程序。 / The terminal's way into the same program.
exec /usr/bin/zhaoshen-desktop --terminal "$@"
