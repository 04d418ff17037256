"""An Airflow DAG: load, then report on the day that ended. Exit code 3 (a campaign was found) fails the task."""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow import DAG
from airflow.operators.bash import BashOperator
from airflow.timetables.interval import CronDataIntervalTimetable

with DAG(
    dag_id="campaign_trending",
    start_date=datetime(2026, 11, 1),
    schedule=CronDataIntervalTimetable(
        "10 6 * * *", timezone="UTC"
    ),  # a cron string alone has no interval in Airflow 3
    catchup=False,
    max_active_runs=1,  # campaign locks its folder as well
    default_args={"retries": 2, "retry_delay": timedelta(minutes=10)},
) as dag:
    load = BashOperator(
        task_id="load",
        bash_command="campaign load /data/posts --store /data/campaign.lbug --quiet",
    )
    report = BashOperator(
        task_id="report",
        retries=0,  # a campaign that was found is no reason to look again
        bash_command=(
            "campaign report trending --since {{ data_interval_start | ts }} --until {{ data_interval_end | ts }} "
            "--compare last --fail-on campaign --store /data/campaign.lbug --out /data/reports --quiet"
        ),
    )
    load >> report
