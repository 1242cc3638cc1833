# Two commands do everything: `make run` and `make test`.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help run test unit lint format setup train requirements clean

help: ## 有哪些命令 list the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

run: ## 装好并启动样例县 set everything up and start the sample county
	@deploy/setup.sh app web rasa
	@RASA_TELEMETRY_ENABLED=false exec .venv/bin/liandong run --demo --life 5

test: setup ## 装好并跑全部检查和测试 set up, then all checks and tests
	@$(MAKE) --no-print-directory lint
	@.venv/bin/python -m tests.telegram.fetch_schema
	@.venv/bin/liandong train
	@RASA_TELEMETRY_ENABLED=false PTB_TIMEDELTA=1 .venv/bin/python -m pytest -n 3 --dist loadfile

unit: ## 只跑不用服务器的测试 only the tests that need no servers
	@deploy/setup.sh dev
	@PTB_TIMEDELTA=1 .venv/bin/python -m pytest tests/tickets tests/routing tests/services

lint: ## 格式、类型、引用方向 ruff, mypy, import-linter
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache

format: ## 整理格式 format the code
	@.venv/bin/ruff check --fix .
	@.venv/bin/ruff format .

setup: ## 只装不跑 environments, test servers, browser
	@deploy/setup.sh app web rasa dev servers browser

train: ## 训练识别模型 train the shipped model
	@deploy/setup.sh app rasa
	@.venv/bin/liandong train

requirements: ## 重新锁定依赖版本 pin the requirements anew
	@uv pip compile -q --python-version 3.11 --no-header --no-annotate pyproject.toml -o requirements/app.txt
	@uv pip compile -q --python-version 3.11 --no-header --no-annotate requirements/dev.in -o requirements/dev.txt
	@uv pip compile -q --python-version 3.10 --no-header --no-annotate requirements/rasa.in -o requirements/rasa.txt

clean: ## 删掉环境、模型和数据 remove environments, models and data
	rm -rf .venv .venv-rasa .tools .cache models var console/static/vendor
